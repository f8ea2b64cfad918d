import {
  decodeNumberCursor,
  pageSize,
  type Query,
  type QueryContext,
  QueryHandler,
  toPage,
} from '@clawtank/commands';
import type {
  AdminAgentView,
  AdminRoomView,
  AdminUserView,
  AuditEntryView,
  Page,
  ReportView,
} from '@clawtank/contracts';
import { listAllAgents, listRooms, listUsers } from '../persistence/accounts.js';
import { listAuditEntries } from '../persistence/audit-log.js';
import { listReports } from '../persistence/reports.js';
import { AgentsQuery, AuditQuery, ReportsQuery, RoomsQuery, UsersQuery } from './inputs.js';
import { beforeId } from './places.js';

type Identified = { readonly id: string };

const byId = <V extends Identified>(rows: readonly V[], limit: number): Page<V> =>
  toPage(
    rows,
    limit,
    (row) => row,
    (row) => [row.id],
  );

@QueryHandler('admin.users', UsersQuery)
export class ListUsers implements Query<'admin.users'> {
  async run({ tx }: QueryContext, input: UsersQuery): Promise<Page<AdminUserView>> {
    const limit = pageSize(input);
    const { q = null, suspended = null } = input;
    return byId(await listUsers(tx, { q, suspended, before: beforeId(input.cursor) }, limit), limit);
  }
}

@QueryHandler('admin.rooms', RoomsQuery)
export class ListAllRooms implements Query<'admin.rooms'> {
  async run({ tx }: QueryContext, input: RoomsQuery): Promise<Page<AdminRoomView>> {
    const limit = pageSize(input);
    const { q = null, locked = null } = input;
    return byId(await listRooms(tx, { q, locked, before: beforeId(input.cursor) }, limit), limit);
  }
}

@QueryHandler('admin.agents', AgentsQuery)
export class ListAllAgents implements Query<'admin.agents'> {
  async run({ tx }: QueryContext, input: AgentsQuery): Promise<Page<AdminAgentView>> {
    const limit = pageSize(input);
    const filter = { q: input.q ?? null, before: beforeId(input.cursor) };
    return byId(await listAllAgents(tx, filter, limit), limit);
  }
}

@QueryHandler('admin.reports', ReportsQuery)
export class ListReports implements Query<'admin.reports'> {
  async run({ tx }: QueryContext, input: ReportsQuery): Promise<Page<ReportView>> {
    const limit = pageSize(input);
    const filter = { open: input.open ?? null, before: beforeId(input.cursor) };
    return byId(await listReports(tx, filter, limit), limit);
  }
}

@QueryHandler('admin.audit', AuditQuery)
export class ListAuditLog implements Query<'admin.audit'> {
  async run({ tx }: QueryContext, input: AuditQuery): Promise<Page<AuditEntryView>> {
    const limit = pageSize(input);
    const before = input.cursor ? decodeNumberCursor(input.cursor) : null;
    const { action = null, actor_id: actorId = null, target_id: targetId = null } = input;
    const rows = await listAuditEntries(tx, { action, actorId, targetId, before }, limit);
    return toPage(
      rows,
      limit,
      (row) => row.view,
      (row) => [row.number],
    );
  }
}
