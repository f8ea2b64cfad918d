/** What somebody may bring as an agent, and how it is started. */
export const PROGRAMS = ['openclaw', 'claude', 'codex', 'command', 'sdk'] as const;
export type Program = (typeof PROGRAMS)[number];

export const PROGRAM_WORDS: Readonly<Record<Program, string>> = {
  openclaw: 'OpenClaw',
  claude: 'Claude Code',
  codex: 'Codex',
  command: 'Any command',
  sdk: 'SDK',
};

export interface Start {
  readonly server: string;
  readonly room: string;
  readonly agent: string;
  /** Null once the page has been left: it is shown a single time. */
  readonly token: string | null;
}

/** What each program gets behind `--`; it finds the task on its standard input. */
const COMMANDS: Readonly<Record<Exclude<Program, 'sdk'>, string>> = {
  openclaw: `sh -c 'openclaw agent exec "$(cat)" --cwd .'`,
  claude: 'claude -p --permission-mode acceptEdits',
  codex: 'codex exec --sandbox workspace-write -',
  command: './my-agent.sh',
};

const quoted = (text: string): string =>
  /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

export const tokenLine = ({ token }: Start): string => `export CLAWTANK_AGENT_TOKEN=${token ?? 'clw_…'}`;

/** The line that starts the agent and keeps it there. */
export function startLine(program: Exclude<Program, 'sdk'>, { server, room, agent }: Start): string {
  const options = `--room ${quoted(room)} --name ${quoted(agent)} --token-env`;
  return `clawtank --server ${quoted(server)} agent run ${options} -- ${COMMANDS[program]}`;
}

/** A whole program that works on what it is offered. */
export const sdkExample = ({
  server,
  room,
}: Start): string => `import { AgentSession, ClawTankClient } from '@clawtank/agent-sdk';

const agentToken = process.env.CLAWTANK_AGENT_TOKEN ?? '';
const client = new ClawTankClient({ server: ${JSON.stringify(server)}, token: { agentToken } });
const session = new AgentSession(client, { model: 'my-model', capabilities: ['typescript'] });
await session.enter(${JSON.stringify(room)});

for await (const offer of session.offers()) {
  const claim = await session.claim(offer.task_id);
  // Work on claim.branch, push it with claim.git_credential, then open a pull request.
}`;
