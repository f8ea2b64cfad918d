import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ConflictView } from '@clawtank/contracts';
import { Terminal } from './cli.js';
import type { CodeHost } from './hosts/code-host.js';
import { clone, conflictFiles } from './git.js';
import { Listener } from './listener.js';
import { exchangeDirectMessages, type Person, register, signIn } from './people.js';
import { Room } from './room.js';
import type { Secrets } from './secrets.js';
import { waitFor } from './wait.js';

const AGENT = fileURLToPath(new URL('../agents/scripted-agent.mjs', import.meta.url));
const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

export const TITLES = [
  /contributors/i,
  /about yourself/i,
  /editorconfig/i,
  /tagline.*calm/i,
  /tagline.*quick/i,
] as const;
const [CONTRIBUTORS, YOURSELF, EDITORCONFIG, CALM, QUICK] = TITLES;

/** What jonas writes with his own git on a code host. */
export const OUTSIDE = {
  'CODE_OF_CONDUCT.md': '# How we treat each other\n\nWe ask before we judge.\nWe thank each other.\n',
};

export interface Stage {
  readonly url: string;
  readonly folder: string;
  readonly secrets: Secrets;
  /** Where the repository lives; left out, it is the server's own. */
  readonly codeHost?: CodeHost;
  readonly tell: (line: string) => void;
}

export interface Cast {
  readonly mira: Person;
  readonly jonas: Person;
  readonly room: Room;
  readonly terminals: readonly Terminal[];
  readonly member: Listener;
  readonly spectator: Listener;
  /** Keys and passwords that were issued on the way. */
  readonly tokens: string[];
}

export interface Prediction {
  readonly conflict: ConflictView;
  /** What git itself says of the two branches, in a clone. */
  readonly gitFiles: readonly string[];
  /** Pull requests of the two tasks at the moment of the prediction. */
  readonly pullRequestsThen: number;
}

const DESCRIPTION = 'A demo: scripted agents, real everything else';

/** Two people, a public room with this repository, a socket of a member and one of a stranger. */
export async function assemble(stage: Stage): Promise<Cast> {
  const { url, folder, secrets } = stage;
  const mira = await register(url, 'mira', secrets.email_of_host);
  const jonas = await register(url, 'jonas', secrets.email_of_member);
  const terminals = [
    new Terminal(join(folder, 'mira'), url),
    new Terminal(join(folder, 'jonas'), url),
  ] as const;
  await signIn(terminals[0], mira);
  await signIn(terminals[1], jonas);
  const room = await makeRoom(stage, mira, terminals[0]);
  const invite = await mira.rest.post<{ code: string }>(`/rooms/${room.id}/invites`, { role: 'member' });
  await terminals[1].clawtank(['join', invite.code]);
  await mira.rest.post(`/rooms/${room.id}/decisions`, { text: 'Scripts stand in for models.' });
  const member = await Listener.member(url, jonas.token, room.id);
  const spectator = await Listener.spectator(url, room.slug);
  return { mira, jonas, room, terminals, member, spectator, tokens: [mira.token, jonas.token] };
}

type Made = { readonly room: { readonly id: string; readonly slug: string } };

async function makeRoom({ codeHost, tell }: Stage, mira: Person, terminal: Terminal): Promise<Room> {
  if (codeHost) {
    const { repository } = codeHost;
    const input = { name: 'demo', description: DESCRIPTION, visibility: 'public', repository };
    const { room: made } = await mira.rest.post<Made>('/rooms', input);
    const room = new Room(made.id, made.slug);
    await room.whenReady(mira);
    tell(`mira connected ${repository.full_name} on ${repository.host} to the public room ${room.slug}`);
    return room;
  }
  const made = await terminal.clawtank<Made>([
    'create',
    'demo',
    '--public',
    '--from',
    REPOSITORY,
    '--description',
    DESCRIPTION,
  ]);
  tell(`mira pushed this repository into the public room ${made.room.slug}`);
  return new Room(made.room.id, made.room.slug);
}

/** A person reads the diff, approves and merges: in the room, or on the code host, past us, where the repository lives. */
async function settle({ mira, room }: Cast, { codeHost }: Stage, by: Person, number: number): Promise<void> {
  if (!codeHost) return room.reviewAndMerge(by, number);
  codeHost.approve(by.username, number);
  await codeHost.merge(by.username, number);
  await waitFor(`news that #${number} was merged`, async () =>
    (await room.pulls(mira)).some((pull) => pull.number === number && pull.state === 'merged')
      ? true
      : undefined,
  );
}

/** Each person starts the agent of theirs with the real runner; only the command behind it is a script. */
export async function startAgents(
  { mira, room, terminals }: Cast,
  { folder, secrets, tell }: Stage,
): Promise<void> {
  const gate = join(folder, 'go');
  const env = { DEMO_GATE: gate, DEMO_DETAIL: secrets.agent_detail };
  terminals[0]?.startAgent('pincer', room.id, [process.execPath, AGENT], env);
  terminals[1]?.startAgent('molt', room.id, [process.execPath, AGENT], env);
  await waitFor('both agents in the room', async () => {
    const { agents, room: view } = await room.snapshot(mira);
    return agents.filter((agent) => agent.connected).length === 2 && view.state === 'collaborating'
      ? true
      : undefined;
  });
  tell('two scripted agents are in the room: pincer (mira) and molt (jonas)');
}

/** Three tasks that touch different files, asked for in three ways. */
export async function easyTasks(cast: Cast, stage: Stage): Promise<void> {
  const { mira, jonas, room } = cast;
  await room.say(mira, '/task Add a CONTRIBUTORS file with both of us');
  await room.say(jonas, '@molt write a few words about yourself in docs/agents/molt.md');
  await room.say(mira, 'We need to add an editorconfig with two spaces.');
  await room.accept(jonas, EDITORCONFIG);
  for (const title of [CONTRIBUTORS, YOURSELF, EDITORCONFIG]) {
    const pull = await room.pullRequest(mira, title);
    const reviewer = pull.author.name === 'pincer' ? jonas : mira;
    await settle(cast, stage, reviewer, pull.number);
    stage.tell(`${reviewer.username} reviewed and merged #${pull.number} ${pull.title}`);
  }
}

/** Two tasks on the same line; the agents commit and wait, so that the prediction comes before any pull request. */
export async function clash({ mira, jonas, room }: Cast, stage: Stage): Promise<Prediction> {
  await room.say(mira, '/task Make the tagline say calm');
  await room.say(jonas, '/task Make the tagline say quick');
  const conflict = await waitFor('a predicted conflict', async () => {
    const { conflicts } = await room.snapshot(mira);
    return conflicts.find((candidate) => candidate.state === 'predicted' && candidate.branches.length === 2);
  });
  const tasks = [await room.task(mira, CALM), await room.task(mira, QUICK)];
  const { pull_requests: pulls } = await room.snapshot(mira);
  const pullRequestsThen = pulls.filter((pull) => tasks.some((task) => task.id === pull.task_id)).length;
  const folder = join(stage.folder, 'clone-of-conflict');
  await clone(`${stage.url}/git/${room.slug}.git`, mira.token, folder);
  const [ours, theirs] = conflict.branches.map((branch) => `origin/${branch}`);
  const gitFiles = await conflictFiles(folder, ours ?? '', theirs ?? '');
  stage.tell(`predicted before any pull request: ${conflict.files.join(', ')}`);
  writeFileSync(join(stage.folder, 'go'), '');
  return { conflict, gitFiles, pullRequestsThen };
}

/** The first is merged, which makes the second a detected conflict; its agent resolves it, and it is merged. */
export async function settleClash(cast: Cast, stage: Stage): Promise<void> {
  const { tell } = stage;
  const { mira, jonas, room } = cast;
  const first = await room.pullRequest(mira, CALM);
  const second = await room.pullRequest(mira, QUICK);
  const reviewerOf = (author: string): Person => (author === 'pincer' ? jonas : mira);
  await settle(cast, stage, reviewerOf(first.author.name), first.number);
  tell(`merged #${first.number}; #${second.number} no longer merges`);
  await waitFor('the conflict to be resolved by a push', async () => {
    const { conflicts, room: view } = await room.snapshot(mira);
    const resolved = conflicts.filter((conflict) => conflict.state !== 'resolved').length === 0;
    return resolved && view.state !== 'merge_conflict' ? true : undefined;
  });
  await waitFor('the second to be mergeable', async () => {
    const task = await room.task(mira, QUICK);
    const pull = await room.pullRequest(mira, QUICK);
    return pull.mergeable === 'clean' && task.status === 'review' ? true : undefined;
  });
  await settle(cast, stage, reviewerOf(second.author.name), second.number);
  tell(`its agent resolved it; merged #${second.number}`);
}

/** What members may see and strangers may not, planted where each belongs. */
export async function plant(cast: Cast, { secrets }: Stage): Promise<void> {
  const { mira, jonas, room } = cast;
  await exchangeDirectMessages(mira, jonas, secrets);
  await patchSettings(mira, room, secrets.agent_instructions);
}

async function patchSettings(host: Person, room: Room, instructions: string): Promise<void> {
  await host.rest.patch(`/rooms/${room.id}`, { settings: { agent_instructions: instructions } });
}

/** A task that a person claims, reports on and gives back: notes are for members. */
export async function handOver({ mira, jonas, room, tokens }: Cast, { secrets }: Stage): Promise<void> {
  const { task } = await mira.rest.post<{ task: { id: string } }>(`/rooms/${room.id}/tasks`, {
    title: 'Think about a logo',
    capabilities: ['drawing'],
  });
  const claim = await jonas.rest.post<{ fence: number; git_credential: { password: string } }>(
    `/tasks/${task.id}/claim`,
  );
  const { fence } = claim;
  tokens.push(claim.git_credential.password);
  await jonas.rest.post(`/tasks/${task.id}/start`, { fence });
  await jonas.rest.post(`/tasks/${task.id}/progress`, { fence, progress: 0.1, note: secrets.progress_note });
  await jonas.rest.post(`/tasks/${task.id}/release`, { fence, note: secrets.hand_over_note });
  await mira.rest.post(`/tasks/${task.id}/cancel`, { reason: 'not today' });
}

/** On a code host a person may work past us altogether: push with git, open the pull request there. */
export async function workOutside(cast: Cast, stage: Stage): Promise<void> {
  const { mira, jonas, room } = cast;
  const { codeHost, tell } = stage;
  if (!codeHost) return;
  const title = 'Agree on how we treat each other';
  const { task } = await mira.rest.post<{ task: { id: string } }>(`/rooms/${room.id}/tasks`, {
    title,
    capabilities: ['people'],
  });
  const { fence, branch } = await jonas.rest.post<{ fence: number; branch: string }>(
    `/tasks/${task.id}/claim`,
  );
  await jonas.rest.post(`/tasks/${task.id}/start`, { fence });
  await codeHost.push('jonas', branch, OUTSIDE);
  const number = await codeHost.openPull('jonas', branch, title);
  await waitFor('the task to be under review', async () =>
    (await room.task(mira, /treat each other/)).status === 'review' ? true : undefined,
  );
  tell(`jonas pushed and opened #${number} on ${codeHost.repository.host}; the room has heard of it`);
  await settle(cast, stage, mira, number);
  tell(`mira merged #${number} there`);
}

/** An owner's word to an agent of theirs, and another key for it. */
export async function redirect({ mira, room, tokens }: Cast, { secrets }: Stage): Promise<void> {
  const { agents } = await room.snapshot(mira);
  const pincer = agents.find((agent) => agent.agent.name === 'pincer');
  if (!pincer) throw new Error('pincer is not in the room');
  await mira.rest.post(`/agents/${pincer.agent.id}/redirect`, {
    room_id: room.id,
    instruction: secrets.redirect_instruction,
  });
  const { token } = await mira.rest.post<{ token: string }>(`/agents/${pincer.agent.id}/tokens`);
  tokens.push(token);
}

/** Completes the room and waits until it says so. */
export async function complete({ mira, room }: Cast): Promise<void> {
  await mira.rest.post(`/rooms/${room.id}/complete`);
  await waitFor('the room to be completed', async () =>
    (await room.snapshot(mira)).room.state === 'completed' ? true : undefined,
  );
}

/** A fresh clone in which every task's change must be. */
export async function cloneResult({ mira, room }: Cast, { url, folder }: Stage): Promise<string> {
  const target = join(folder, 'fresh-clone');
  await clone(`${url}/git/${room.slug}.git`, mira.token, target);
  return target;
}

export const fileIn = (folder: string, path: string): boolean => existsSync(join(folder, path));
