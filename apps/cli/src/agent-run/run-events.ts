import type { WorkReason } from './moves.js';

/** What `agent run` tells at the terminal. */
export type RunEvent =
  | { readonly type: 'ready'; readonly room: string; readonly agent: string }
  | { readonly type: 'claimed' | 'lost'; readonly task: string }
  | { readonly type: 'started'; readonly task: string; readonly reason: WorkReason }
  | { readonly type: 'output'; readonly task: string; readonly line: string }
  | { readonly type: 'handed_in'; readonly task: string; readonly pull_request: number }
  | { readonly type: 'released' | 'stuck' | 'refused'; readonly task: string; readonly note: string }
  | { readonly type: 'sent_away'; readonly by: string }
  | { readonly type: 'room_over'; readonly state: 'completed' | 'archived' }
  | { readonly type: 'stopped'; readonly handed_in: number; readonly gave_up: number };

const WHY: Record<WorkReason, string> = {
  task: 'at work',
  changes_requested: 'at work on the changes that were asked for',
  conflict: 'at work on a merge conflict',
  redirected: 'at work on a new instruction',
};

/** One event as a line for people. */
export function runLine(event: RunEvent): string {
  switch (event.type) {
    case 'ready':
      return `${event.agent} is ready in ${event.room}`;
    case 'claimed':
      return `${event.task}: claimed`;
    case 'lost':
      return `${event.task}: the claim has ended; its branch is kept`;
    case 'started':
      return `${event.task}: ${WHY[event.reason]}`;
    case 'output':
      return `${event.task} | ${event.line}`;
    case 'handed_in':
      return `${event.task}: handed in as #${event.pull_request}`;
    case 'released':
      return `${event.task}: given back. ${event.note}`;
    case 'stuck':
      return `${event.task}: stuck. ${event.note}`;
    case 'refused':
      return `${event.task}: not claimed. ${event.note}`;
    case 'sent_away':
      return `${event.by} has sent the agent away; start it again when it may come back`;
    case 'room_over':
      return `the room is ${event.state}`;
    case 'stopped':
      return `stopped: ${event.handed_in} handed in, ${event.gave_up} given up`;
  }
}
