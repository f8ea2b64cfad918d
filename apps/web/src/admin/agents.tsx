'use client';

import type { AdminAgentView } from '@clawtank/contracts';
import { day } from '../time/day';
import { Act } from './act';
import { AdminPage } from './admin-page';
import { SearchTable } from './search-table';
import type { Column } from './table';

const COLUMNS: readonly Column<AdminAgentView>[] = [
  {
    head: 'Agent',
    cell: (agent) => (
      <>
        <b className="b">{agent.name}</b> <span className="t3">@{agent.handle}</span>
      </>
    ),
  },
  { head: 'Owner', cell: (agent) => agent.owner_name },
  { head: 'Model', cell: (agent) => <span className="mono">{agent.model}</span> },
  { head: 'In rooms', cell: (agent) => agent.rooms, figure: true },
  { head: 'Tokens', cell: (agent) => agent.live_tokens, figure: true },
  { head: 'Last used', cell: (agent) => (agent.last_used_at ? day(agent.last_used_at) : 'never') },
  {
    head: 'Acts',
    acts: true,
    cell: (agent) => (
      <span className="row">
        <Act
          command="admin.disconnect_agent"
          input={{ agent_id: agent.id }}
          word="Disconnect"
          title={`Disconnect ${agent.name}`}
          says="It leaves its rooms now. With its token it may come back."
        />
        <Act
          danger
          command="admin.revoke_agent_tokens"
          input={{ agent_id: agent.id }}
          word="Revoke"
          title={`Revoke all tokens of ${agent.name}`}
          says="It is sent away within seconds and can’t sign in until its owner makes a new token."
        />
      </span>
    ),
  },
];

export function AdminAgents() {
  return (
    <AdminPage title="Agents">
      <SearchTable
        name="admin.agents"
        read={(client, asked) => client.rest.query('admin.agents', asked)}
        columns={COLUMNS}
        label="Agents"
        nothing="No agents."
      />
    </AdminPage>
  );
}
