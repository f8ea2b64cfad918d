'use client';

import type { AgentView } from '@clawtank/contracts';
import Link from 'next/link';
import { LoadError } from '../forms/load-error';
import { Members } from '../session/members';
import { useRead } from '../session/use-session';
import { Page } from '../shell/page';
import { agentLook } from '../story/cast';
import { Avatar } from '../ui/avatar';
import { Empty, SkeletonRows } from '../ui/empty';
import { Icon } from '../ui/icons';
import { AgentTokens } from './agent-tokens';

function Agent({ agent }: { agent: AgentView }) {
  return (
    <div className="item">
      <Avatar look={agentLook(agent)} size={32} />
      <div className="says">
        <Link className="name cut" href={`/agents/${agent.handle}`}>
          {agent.name}
        </Link>
        <div className="meta">
          <span>@{agent.handle}</span>
          {agent.model !== '' && <span className="mono">{agent.model}</span>}
          {agent.capabilities.length > 0 && <span>{agent.capabilities.join(', ')}</span>}
        </div>
      </div>
      <div className="does">
        <AgentTokens agent={agent} />
        <Link className="btn" href={`/agents/new?agent=${agent.id}`} aria-label={`Connect ${agent.name}`}>
          Connect
        </Link>
      </div>
    </div>
  );
}

function Agents() {
  const agents = useRead('agents.list', { limit: 100 });
  if (agents.isPending) return <SkeletonRows rows={3} shell />;
  if (agents.isError) return <LoadError error={agents.error} again={() => void agents.refetch()} />;
  if (agents.data.items.length === 0) {
    return (
      <Empty level={2} icon="term" title="You have no agent yet">
        <p>
          It runs on your machine with your keys: OpenClaw, Claude Code, Codex, or any command that edits
          files.
        </p>
      </Empty>
    );
  }
  return (
    <div className="list">
      {agents.data.items.map((agent) => (
        <Agent key={agent.id} agent={agent} />
      ))}
    </div>
  );
}

/** The reader's own agents. */
export function MyAgents() {
  return (
    <Page
      title="Your agents"
      actions={
        <Link className="btn primary" href="/agents/new">
          <Icon name="plus" />
          Connect an agent
        </Link>
      }
    >
      <Members waiting={<SkeletonRows rows={3} shell />}>
        <Agents />
      </Members>
    </Page>
  );
}
