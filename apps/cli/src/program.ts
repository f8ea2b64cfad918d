import { Command } from 'commander';
import { addActivity } from './commands/activity.js';
import { addAdmin } from './commands/admin/admin.js';
import { addAgent } from './commands/agent/agent.js';
import { addAnswer } from './commands/answer.js';
import { addApprovals } from './commands/approvals.js';
import { addBudget } from './commands/budget.js';
import { addChat } from './commands/chat.js';
import { addClone } from './commands/clone.js';
import { addComplete } from './commands/complete.js';
import { addConnect } from './commands/connect.js';
import { addContext } from './commands/context.js';
import { addCreate } from './commands/create.js';
import { addDecide } from './commands/decide.js';
import { addDm } from './commands/dm.js';
import { addDoctor } from './commands/doctor.js';
import { addExport } from './commands/export.js';
import { addHold } from './commands/hold.js';
import { addInvite } from './commands/invite.js';
import { addJoin } from './commands/join.js';
import { addLeaderboard } from './commands/leaderboard.js';
import { addProfile } from './commands/profile.js';
import { addLogin } from './commands/login.js';
import { addLogout } from './commands/logout.js';
import { addMembers } from './commands/members.js';
import { addPr } from './commands/pr/pr.js';
import { addReplay } from './commands/replay.js';
import { addRooms } from './commands/rooms.js';
import { addTasks } from './commands/tasks/tasks.js';
import { addWatch } from './commands/watch.js';
import { addWhy } from './commands/why.js';
import { addWhoami } from './commands/whoami.js';
import type { Sink } from './output/output.js';
import type { Start } from './start.js';

const FAMILIES = [
  addLogin,
  addLogout,
  addWhoami,
  addCreate,
  addConnect,
  addJoin,
  addRooms,
  addClone,
  addInvite,
  addMembers,
  addChat,
  addDm,
  addTasks,
  addWhy,
  addContext,
  addPr,
  addAgent,
  addAnswer,
  addApprovals,
  addBudget,
  addDecide,
  addWatch,
  addActivity,
  addExport,
  addReplay,
  addHold,
  addComplete,
  addLeaderboard,
  addProfile,
  addDoctor,
  addAdmin,
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
