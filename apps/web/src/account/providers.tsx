'use client';

import type { SignInProviderView } from '@clawtank/contracts';
import { useSearchParams } from 'next/navigation';
import { safePath } from '../places';
import { Icon } from '../ui/icons';
import { ProviderMark } from '../ui/provider-mark';
import { keepFragment } from './kept-fragment';
import { providerProblem } from './provider-problem';

/** An invitation is taken up again by the sign-in page, which knows what this tab has kept. */
const wayBack = (next: string | null): string => {
  const path = safePath(next, '/rooms');
  return path === '/invite' ? '/sign-in?next=%2Finvite' : path;
};

/** The other ways in, where this server has any; and why the last try over one of them came to nothing. */
export function Providers({ providers }: { providers: readonly SignInProviderView[] }) {
  const query = useSearchParams();
  const name = providers.find(({ id }) => id === query.get('provider'))?.name ?? 'The provider';
  const problem = providerProblem(query.get('problem'), name);
  const way = `?return_to=${encodeURIComponent(wayBack(query.get('next')))}`;
  return (
    <>
      {problem && (
        <p className="hint bad" role="alert">
          <Icon name="warn" size={14} />
          {problem}
        </p>
      )}
      {providers.length > 0 && (
        <div className="providers">
          {providers.map(({ id, name, url }) => (
            <a key={id} className="btn lg" href={url + way} onClick={keepFragment}>
              <ProviderMark id={id} />
              Continue with {name}
            </a>
          ))}
          <p className="or t3">or with a password</p>
        </div>
      )}
    </>
  );
}
