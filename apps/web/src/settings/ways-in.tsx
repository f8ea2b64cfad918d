'use client';

import type { IdentityView, LinkReply, SignInProviderView } from '@clawtank/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { providerProblem } from '../account/provider-problem';
import { readProviders } from '../api/providers';
import { useClient, useRead } from '../session/use-session';
import { Button } from '../ui/button';
import { SkeletonRows } from '../ui/empty';
import { Icon } from '../ui/icons';
import { ProviderMark } from '../ui/provider-mark';
import { toastError } from '../ui/toasts';

function Problem({ providers }: { providers: readonly SignInProviderView[] }) {
  const query = useSearchParams();
  const name = providers.find(({ id }) => id === query.get('provider'))?.name ?? 'The provider';
  const problem = providerProblem(query.get('problem'), name);
  if (!problem) return null;
  return (
    <p className="hint bad" role="alert">
      <Icon name="warn" size={14} />
      {problem}
    </p>
  );
}

function Linked({ identity }: { identity: IdentityView }) {
  const client = useClient();
  const queries = useQueryClient();
  const { id, provider, provider_name, account } = identity;
  const unlink = async (): Promise<void> => {
    try {
      await client.rest.command('identity.unlink', { identity_id: id });
      await queries.invalidateQueries({ queryKey: ['identities.list'] });
    } catch (error) {
      toastError(error);
    }
  };
  return (
    <div className="row setting-row">
      <ProviderMark id={provider} />
      <span>
        {provider_name} <span className="t3">{account}</span>
      </span>
      <Button
        size="sm"
        className="end"
        onClick={() => void unlink()}
        aria-label={`Unlink ${provider_name} account ${account}`}
      >
        Unlink
      </Button>
    </div>
  );
}

function LinkButton({ provider, another }: { provider: SignInProviderView; another: boolean }) {
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const leave = async (): Promise<void> => {
    setBusy(true);
    try {
      const { url } = await client.rest.post<LinkReply>(`/auth/${provider.id}/link`, {
        return_to: '/settings',
      });
      location.assign(url);
    } catch (error) {
      setBusy(false);
      toastError(error);
    }
  };
  return (
    <Button busy={busy} onClick={() => void leave()}>
      <ProviderMark id={provider.id} />
      {another ? `Link another ${provider.name} account` : `Link ${provider.name}`}
    </Button>
  );
}

/** Accounts elsewhere that open the reader's own. A section of the settings; nothing where there are none to have. */
export function WaysIn() {
  const linked = useRead('identities.list', {});
  const offered = useQuery({
    queryKey: ['auth.providers'],
    queryFn: ({ signal }) => readProviders('', signal),
  });
  if (!linked.data || !offered.data) return <SkeletonRows rows={1} />;
  const { items } = linked.data;
  if (items.length + offered.data.length === 0)
    return <p className="t2">Your password. This server is not set up for any other way.</p>;
  return (
    <>
      <Problem providers={offered.data} />
      <div className="list">
        {items.map((identity) => (
          <Linked key={identity.id} identity={identity} />
        ))}
      </div>
      {items.length === 0 && <p className="t2">Only your password opens this account so far.</p>}
      <div className="row">
        {offered.data.map((provider) => (
          <LinkButton
            key={provider.id}
            provider={provider}
            another={items.some((identity) => identity.provider === provider.id)}
          />
        ))}
      </div>
    </>
  );
}
