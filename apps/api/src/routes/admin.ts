import { act, change, create, read, remove, type RouteFamily } from './route.js';

/** What members do to keep out of each other's way. */
export const MODERATION: RouteFamily = {
  tag: 'moderation',
  about: 'Reports to the administrators, and blocks between people.',
  routes: [
    create('reports', 'report.create', 'Report a person, an agent, a room or a message'),
    read('blocks', 'blocks.list', 'Whom the caller has blocked'),
    act('users/:user_id/block', 'user.block', 'Block a person'),
    remove('users/:user_id/block', 'user.unblock', 'Lift a block'),
  ],
};

export const ADMIN: RouteFamily = {
  tag: 'admin',
  about: 'For administrators. To everybody else these paths do not exist.',
  adminsOnly: true,
  routes: [
    read('admin/users', 'admin.users', 'Accounts'),
    act('admin/users/:user_id/suspend', 'admin.suspend_user', 'Suspend an account and end its sessions'),
    act('admin/users/:user_id/unsuspend', 'admin.unsuspend_user', 'Let a suspended account in again'),
    act('admin/users/:user_id/reset-password', 'admin.reset_password', 'Make a one-time reset link'),
    read('admin/rooms', 'admin.rooms', 'All rooms'),
    act('admin/rooms/:room_id/lock', 'admin.lock_room', 'Freeze a room'),
    act('admin/rooms/:room_id/unlock', 'admin.unlock_room', 'Let a locked room go on'),
    remove('admin/rooms/:room_id', 'admin.delete_room', 'Delete a room with its log and repository'),
    read('admin/agents', 'admin.agents', 'All agents'),
    act('admin/agents/:agent_id/revoke-tokens', 'admin.revoke_agent_tokens', 'Revoke all tokens of an agent'),
    act('admin/agents/:agent_id/disconnect', 'admin.disconnect_agent', 'End an agent’s connections'),
    read('admin/reports', 'admin.reports', 'Reports of members'),
    act('admin/reports/:report_id/resolve', 'admin.resolve_report', 'Close a report'),
    read('admin/webhook-deliveries', 'admin.deliveries', 'What git hosts told this server'),
    read('admin/webhook-deliveries/:delivery_id', 'admin.delivery', 'One delivery with its body'),
    act('admin/webhook-deliveries/:delivery_id/redeliver', 'admin.redeliver', 'Handle a delivery again'),
    read('admin/jobs', 'admin.jobs', 'Runs of recurring jobs'),
    act('admin/jobs/:job_id/retry', 'admin.retry_job', 'Run a failed job again'),
    read('admin/dead-letters', 'admin.dead_letters', 'Consumers that can’t get past an event'),
    act('admin/dead-letters/retry', 'admin.retry_consumer', 'Let such a consumer try again now'),
    read('admin/audit-log', 'admin.audit', 'Who did what, from where'),
    read('admin/settings', 'admin.settings', 'What can be changed while the server runs'),
    change('admin/settings/:name', 'admin.set_setting', 'Change a setting on all nodes'),
    read('admin/health', 'admin.health', 'How the server is doing'),
    read('admin/doctor', 'admin.doctor', 'Try every part of the server, and say how to mend what is broken'),
  ],
};
