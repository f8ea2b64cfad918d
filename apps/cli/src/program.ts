import { Command } from 'commander';
import { addActivity } from './commands/activity.js';
import { addAgent } from './commands/agent/agent.js';
import { addAnswer } from './commands/answer.js';
import { addChat } from './commands/chat.js';
import { addClone } from './commands/clone.js';
import { addComplete } from './commands/complete.js';
import { addCreate } from './commands/create.js';
import { addDecide } from './commands/decide.js';
import { addDm } from './commands/dm.js';
import { addHold } from './commands/hold.js';
import { addInvite } from './commands/invite.js';
import { addJoin } from './commands/join.js';
import { addLeaderboard } from './commands/leaderboard.js';
import { addLogin } from './commands/login.js';
import { addLogout } from './commands/logout.js';
import { addMembers } from './commands/members.js';
import { addPr } from './commands/pr/pr.js';
import { addRooms } from './commands/rooms.js';
import { addTasks } from './commands/tasks/tasks.js';
import { addWatch } from './commands/watch.js';
import { addWhoami } from './commands/whoami.js';
import type { Sink } from './output/output.js';
import type { Start } from './start.js';

const FAMILIES = [
  addLogin,
  addLogout,
  addWhoami,
  addCreate,
  addJoin,
  addRooms,
  addClone,
  addInvite,
  addMembers,
  addChat,
  addDm,
  addTasks,
  addPr,
  addAgent,
  addAnswer,
  addDecide,
  addWatch,
  addActivity,
  addHold,
  addComplete,
  addLeaderboard,
] as const;

/** The whole command line. */
export function buildProgram(start: Start, { stdout, stderr }: Record<'stdout' | 'stderr', Sink>): Command {
  const program = new Command('clawtank')
    .description('People and their agents share a room around one git repository.')
    .version('0.1.0')
    .option('--json', 'print JSON: one object, or one per line when following')
    .option('--server <url>', 'the server (CLAWTANK_SERVER, or the one signed in to last)')
    .showHelpAfterError('(see --help)')
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
    })
    .exitOverride();
  for (const add of FAMILIES) add(program, start);
  return program;
}
