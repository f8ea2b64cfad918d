'use client';

import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from 'react';
import { Icon, type IconName } from './icons';

interface About {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** What is wrong with it, and what would be right. */
  readonly error?: string | undefined;
  readonly icon?: IconName;
}

function Frame({
  id,
  label,
  hint,
  error,
  children,
}: Omit<About, 'icon'> & { id: string; children: ReactNode }) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children}
      {error ? (
        <span className="hint bad" id={`${id}-hint`} role="alert">
          <Icon name="warn" size={14} />
          {error}
        </span>
      ) : (
        hint && (
          <span className="hint" id={`${id}-hint`}>
            {hint}
          </span>
        )
      )}
    </div>
  );
}

const told = (id: string, { hint, error }: Pick<About, 'hint' | 'error'>) => ({
  id,
  ...(hint || error ? { 'aria-describedby': `${id}-hint` } : {}),
  ...(error ? { 'aria-invalid': true } : {}),
});

const box = (error: string | undefined, off: boolean | undefined): string =>
  `input${error ? ' is-bad' : ''}${off ? ' is-off' : ''}`;

/** A labelled line of text. */
export function TextField({
  label,
  hint,
  error,
  icon,
  ...rest
}: About & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <span className={box(error, rest.disabled)}>
        {icon && <Icon name={icon} />}
        <input {...rest} {...told(id, { hint, error })} />
      </span>
    </Frame>
  );
}

/** A labelled text of several lines. */
export function TextArea({
  label,
  hint,
  error,
  ...rest
}: About & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <span className={box(error, rest.disabled)}>
        <textarea {...rest} {...told(id, { hint, error })} />
      </span>
    </Frame>
  );
}

/** One of several, by the browser's own list. */
export function SelectField({
  label,
  hint,
  error,
  children,
  ...rest
}: About & SelectHTMLAttributes<HTMLSelectElement>) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <span className={box(error, rest.disabled)}>
        <select {...rest} {...told(id, { hint, error })}>
          {children}
        </select>
        <Icon name="down" size={14} />
      </span>
    </Frame>
  );
}

interface ChoiceProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> {
  readonly as?: 'check' | 'radio' | 'switch';
  readonly children: ReactNode;
  readonly hint?: ReactNode;
}

/** A tick, one of a radio group, or a switch, with its words. */
export function Choice({ as = 'check', children, hint, ...rest }: ChoiceProps) {
  return (
    <label className="choice">
      <input
        type={as === 'radio' ? 'radio' : 'checkbox'}
        {...(as === 'switch' ? { role: 'switch' } : {})}
        {...rest}
      />
      <span className={as} aria-hidden="true">
        {as === 'check' && <Icon name="check" />}
      </span>
      <span>
        {children}
        {hint && <span className="hint">{hint}</span>}
      </span>
    </label>
  );
}
