import { isWhole } from '@clawtank/agent-sdk';
import type { MemberEvent } from '@clawtank/contracts';

/** Which tasks of a room were offered to an agent, from its own stream. */
export class Offers {
  private readonly tasks = new Set<string>();
  private readonly refused = new Set<string>();

  constructor(
    private readonly roomId: string,
    private readonly agentId: string,
  ) {}

  /** In the order of the offers. */
  get open(): readonly string[] {
    return [...this.tasks].filter((id) => !this.refused.has(id));
  }

  note(event: MemberEvent): void {
    if (!isWhole(event)) return;
    if (
      event.type === 'task.offer' &&
      event.data.room_id === this.roomId &&
      event.data.agent_id === this.agentId
    ) {
      this.tasks.add(event.data.task_id);
    }
    // Whoever works on it next is offered it anew, with another fence.
    if (event.type === 'task.update' && event.data.change !== 'progressed') {
      if (event.data.status === 'complete' || event.data.status === 'cancelled')
        this.drop(event.data.task_id);
    }
  }

  /** Somebody else was faster, or it can't be claimed. Another offer may come. */
  drop(taskId: string): void {
    this.tasks.delete(taskId);
  }

  /** This agent could not do it: offers for it are not taken again as long as this process lives. */
  refuse(taskId: string): void {
    this.refused.add(taskId);
  }
}
