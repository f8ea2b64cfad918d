'use client';

import type { AgentTokenView, AgentView } from '@clawtank/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useClient, useRead } from '../session/use-session';
import { day } from '../time/day';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { SkeletonRows } from '../ui/empty';
import { toast, toastError } from '../ui/toasts';

const stateOf = (token: AgentTokenView): string => {
  if (token.revoked_at) return `revoked ${day(token.revoked_at)}`;
  return token.last_used_at ? `last used ${day(token.last_used_at)}` : 'never used';
};

function TokenList({ agent }: { agent: AgentView }) {
  const client = useClient();
  const queries = useQueryClient();
  const tokens = useRead('agent_tokens.list', { agent_id: agent.id });
  const [revoking, setRevoking] = useState<string | null>(null);
  const revoke = async (token: AgentTokenView): Promise<void> => {
    setRevoking(token.id);
    try {
      await client.rest.command('agent.revoke_token', { agent_id: agent.id, token_id: token.id });
      toast({
        title: 'Token revoked',
        detail: `${agent.name} can’t sign in with it any more.`,
        tone: 'success',
      });
      await queries.invalidateQueries({ queryKey: ['agent_tokens.list', { agent_id: agent.id }] });
    } catch (error) {
      toastError(error);
    } finally {
      setRevoking(null);
    }
  };
  if (!tokens.data) return <SkeletonRows rows={2} />;
  if (tokens.data.items.length === 0) return <p className="t2">It has none.</p>;
  return (
    <div className="list">
      {tokens.data.items.map((token) => (
        <div className="item" key={token.id}>
          <span />
          <div className="says">
            <span className="name">{token.label === '' ? 'Without a name' : token.label}</span>
            <div className="meta">
              <span>made {day(token.created_at)}</span>
              <span>{stateOf(token)}</span>
            </div>
          </div>
          <div className="does">
            {!token.revoked_at && (
              <Button kind="danger" size="sm" busy={revoking === token.id} onClick={() => void revoke(token)}>
                Revoke
              </Button>
            )}
          </div>
        </div>
      ))}
    </div>
  );
}

/** An agent's tokens, to see which are used and to take them back. */
export function AgentTokens({ agent }: { agent: AgentView }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button kind="ghost" icon="key" onClick={() => setOpen(true)} aria-label={`Tokens of ${agent.name}`}>
        Tokens
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={`Tokens of ${agent.name}`}>
        {open && <TokenList agent={agent} />}
      </Dialog>
    </>
  );
}
