export interface Obstacle {
  readonly found: string;
  readonly mend: string;
}

/** What a host says of a repository that rooms are to work in. */
export interface RepositoryFacts {
  readonly host: string;
  readonly fullName: string;
  readonly branch: string;
  readonly archived: boolean;
  /** Git takes our pushes. */
  readonly canPush: boolean;
  /** Permissions that are known to be missing: `contents: write`. */
  readonly lacking: readonly string[];
  readonly rules: {
    readonly requiredApprovals: number;
    readonly signedCommits: boolean;
    readonly linearHistory: boolean;
  };
}

/** What will stand in the way of the work, said before it begins. What cannot be mended later comes first. */
export function obstaclesOf(facts: RepositoryFacts): readonly Obstacle[] {
  const { fullName, archived } = facts;
  if (archived)
    return [
      { found: `${fullName} is archived: nothing can be pushed.`, mend: 'Unarchive it in its settings.' },
    ];
  return [...permissionObstacles(facts), ...ruleObstacles(facts)];
}

function permissionObstacles({ fullName, canPush, lacking }: RepositoryFacts): Obstacle[] {
  const known = lacking.some((name) => name.startsWith('contents'));
  const missing = [...(canPush || known ? [] : ['contents: write']), ...lacking];
  return missing.map((permission) => ({
    found: `What opens ${fullName} lacks \`${permission}\`.`,
    mend: 'Grant it there, or give the room another token.',
  }));
}

function ruleObstacles({ host, branch, rules }: RepositoryFacts): Obstacle[] {
  const found: Obstacle[] = [];
  if (rules.signedCommits)
    found.push({
      found: `${branch} takes signed commits only, and the commits of agents are not signed: ${host} will not merge them.`,
      mend: `Take that rule off ${branch}, or let agents sign with keys that ${host} knows.`,
    });
  if (rules.linearHistory)
    found.push({
      found: `${branch} wants a linear history, and ClawTank merges with merge commits: ${host} will not merge.`,
      mend: `Take that rule off ${branch}, or merge there by rebase.`,
    });
  if (rules.requiredApprovals > 0)
    found.push({
      found: `${branch} asks for ${count(rules.requiredApprovals)} on ${host}. What is approved in ClawTank counts there as one of the account that connects at most.`,
      mend: `Let somebody approve on ${host} too, or ask for fewer there.`,
    });
  return found;
}

const count = (approvals: number): string =>
  approvals === 1 ? 'an approving review' : `${String(approvals)} approving reviews`;
