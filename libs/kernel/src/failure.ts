/** Codes are the wire contract's; kernel repeats only the type's shape so that it depends on nothing. */
export interface FailureKind<Code extends string, Args> {
  readonly code: Code;
  /** The sentence shown to people; built from the arguments so that a wrong argument does not compile. */
  readonly say: (args: Args) => string;
}

export interface FailureExtras {
  readonly retryAfterMs?: number;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

/** Every refusal a caller can act on. Transports map `code` once; anything else becomes `INTERNAL`. */
export class Failure extends Error {
  readonly code: string;
  readonly reason: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly extras: FailureExtras;

  constructor(
    code: string,
    reason: string,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    extras: FailureExtras = {},
  ) {
    super(message);
    this.name = 'Failure';
    this.code = code;
    this.reason = reason;
    this.details = details;
    this.extras = extras;
  }
}

/**
 * A refusal that keeps what the command has written up to it: what it asked people for must outlive it. Thrown only
 * before anything else of the command's effect.
 */
export class KeptFailure extends Failure {
  static of({ code, reason, message, details, extras }: Failure): KeptFailure {
    return new KeptFailure(code, reason, message, details, extras);
  }
}

type FailureTable = Record<string, { readonly code: string; readonly say: (args: never) => string }>;
type ArgsOf<T extends FailureTable, R extends keyof T> = Parameters<T[R]['say']>[0];

export type Verdict = { readonly allowed: true } | { readonly allowed: false; readonly because: Failure };

export const ALLOWED: Verdict = { allowed: true };

/** Throws what a policy denied; lets pass what it allowed. */
export function enforce(verdict: Verdict): void {
  if (!verdict.allowed) throw verdict.because;
}

/**
 * Declares one lib's failures. `fail(reason, args)` builds the error to throw; `deny(reason, args)` the
 * verdict of a policy. Reasons are `area.reason` and belong to the wire contract once released.
 */
export function defineFailures<const T extends FailureTable>(
  table: T,
): {
  fail: <R extends keyof T & string>(reason: R, args: ArgsOf<T, R>, extras?: FailureExtras) => Failure;
  deny: <R extends keyof T & string>(reason: R, args: ArgsOf<T, R>) => Verdict;
} {
  const fail = <R extends keyof T & string>(
    reason: R,
    args: ArgsOf<T, R>,
    extras: FailureExtras = {},
  ): Failure => {
    const kind: FailureKind<string, ArgsOf<T, R>> = table[reason] as T[R];
    return new Failure(kind.code, reason, kind.say(args), { ...(args as object) }, extras);
  };
  return { fail, deny: (reason, args) => ({ allowed: false, because: fail(reason, args) }) };
}
