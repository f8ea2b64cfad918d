/** A claim as its agent names it. */
export interface NamedClaim {
  readonly agentId: string;
  readonly taskId: string;
  readonly fence: number;
}

/** The same text for the same claim of the same agent. */
export const keyOfClaim = ({ agentId, taskId, fence }: NamedClaim): string =>
  `${agentId} ${taskId} ${String(fence)}`;
