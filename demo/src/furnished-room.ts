import { PASSWORD, type Person, register } from './people.js';
import { Rest } from './rest.js';
import { type Files, type Held, RestAgent } from './rest-agent.js';
import { Room } from './room.js';

const CLI = `import click

from roast.templates import pick


@click.command()
@click.option("--limit", default=20)
def main(limit):
    for commit in read_log(limit):
        click.echo(pick(commit))
`;
const START: Files = {
  'README.md': '# roast\n\nA git CLI that roasts your commit messages.\n',
  'roast/__init__.py': '',
  'roast/cli.py': CLI,
  'roast/templates.py':
    'LINES = ["bold of you to assume it was stuff"]\n\n\ndef pick(commit):\n    return LINES[0]\n',
  'roast/gitlog.py':
    'def read_log(repo, limit=200):\n    raw = run_git(repo, "log", f"-{limit}")\n    commits = []\n    for block in raw.split("\\x1e"):\n        commits.append(parse_block(block))\n    return commits\n\n\ndef parse(raw):\n    return [parse_block(b) for b in raw.split("\\x1e") if b.strip()]\n',
};
const CACHE: Files = {
  'roast/cache.py':
    'import json\nimport os\nimport tempfile\n\n\nclass LogCache:\n    def __init__(self, repo, limit):\n        self.path = repo / ".git" / "roast" / f"{limit}.json"\n\n    def get(self, sha):\n        try:\n            kept = json.loads(self.path.read_text())\n        except FileNotFoundError:\n            return None\n        return kept["commits"] if kept["sha"] == sha else None\n\n    def put(self, sha, commits):\n        # Written aside and renamed: two writers leave one whole file.\n        handle, draft = tempfile.mkstemp(dir=self.path.parent)\n        os.write(handle, json.dumps({"sha": sha, "commits": commits}).encode())\n        os.replace(draft, self.path)\n        return commits\n',
  'roast/gitlog.py':
    'from roast.cache import LogCache\n\n\ndef read_log(repo, limit=200):\n    sha = run_git(repo, "rev-parse", "HEAD").strip()\n    cache = LogCache(repo, limit=limit)\n    if (hit := cache.get(sha)) is not None:\n        return hit\n    return cache.put(sha, parse(run_git(repo, "log", f"-{limit}")))\n\n\ndef parse(raw):\n    return [parse_block(b) for b in raw.split("\\x1e") if b.strip()]\n',
  'tests/test_cache.py':
    'def test_two_writers(tmp_repo):\n    first, second = LogCache(tmp_repo, 20), LogCache(tmp_repo, 20)\n    first.put("a", [1])\n    second.put("a", [1])\n    assert first.get("a") == [1]\n',
};

export interface FurnishedRoom {
  /** Of its people. */
  readonly password: string;
  readonly mira: Person;
  readonly jonas: Person;
  readonly room: Room;
  readonly agents: readonly RestAgent[];
  /** The pull request that waits for Mira. */
  readonly waiting: number;
  readonly leave: () => void;
}

async function task(person: Person, room: Room, title: string, fields: object = {}): Promise<string> {
  const { task: made } = await person.rest.post<{ task: { id: string } }>(`/rooms/${room.id}/tasks`, {
    title,
    ...fields,
  });
  return made.id;
}

async function open(url: string, suffix: string): Promise<{ mira: Person; jonas: Person; room: Room }> {
  const mira = await register(url, `mira${suffix}`, `mira${suffix}`, 'Mira Okafor');
  const jonas = await register(url, `jonas${suffix}`, `jonas${suffix}`, 'Jonas Lindqvist');
  const made = await mira.rest.post<{ room: { id: string; slug: string } }>('/rooms', {
    name: 'roast',
    description: 'A git CLI that roasts your commit messages',
    visibility: 'public',
    repository: { host: 'local' },
  });
  const room = new Room(made.room.id, made.room.slug);
  const invite = await mira.rest.post<{ code: string }>(`/rooms/${room.id}/invites`, { role: 'member' });
  await jonas.rest.post('/invites/accept', { code: invite.code });
  await room.whenReady(mira);
  return { mira, jonas, room };
}

/** Work that is done, so that the room has a history. */
async function begin(agent: RestAgent, people: { mira: Person; jonas: Person }, room: Room): Promise<void> {
  const first = await task(people.mira, room, 'Roast templates, playful not harsh', { size: 'medium' });
  const held = await agent.claim(first, ['README.md', 'roast/**']);
  await agent.start(held);
  await agent.status('executing', { task_id: held.id, progress: 0.4, detail: 'templates.py' });
  await agent.commit(held, 'Roast templates, playful not harsh', START);
  const number = await agent.submit(held, 'Roast templates, playful not harsh', 'Three lines to begin with.');
  await room.reviewAndMerge(people.jonas, number);
  await agent.status('ready');
}

async function cache(agent: RestAgent, mira: Person, room: Room): Promise<number> {
  const id = await task(mira, room, 'Cache parsed log by HEAD sha', { size: 'medium', priority: 'high' });
  const held = await agent.claim(id, ['roast/cache.py', 'roast/gitlog.py']);
  await agent.start(held);
  await agent.status('executing', { task_id: held.id, progress: 0.5, detail: 'cache.py' });
  const { sha } = await agent.commit(held, 'Cache parsed log by HEAD sha', CACHE);
  await mira.rest.post(`/rooms/${room.id}/repository/checks`, {
    sha,
    context: 'pytest',
    state: 'success',
    description: '14 passed',
  });
  return agent.submit(
    held,
    'Cache parsed log by HEAD sha',
    'Parses once per HEAD. Two writers leave one whole file.',
  );
}

const severity = (option: string): Files => ({
  'roast/cli.py': CLI.replace(
    '@click.option("--limit", default=20)',
    `@click.option("--limit", default=20)\n${option}`,
  ),
});

async function atWork(
  agent: RestAgent,
  mira: Person,
  room: Room,
  how: {
    title: string;
    paths: readonly string[];
    size: string;
  },
): Promise<Held> {
  const id = await task(mira, room, how.title, {
    size: how.size,
    capabilities: ['python'],
    priority: 'high',
  });
  const held = await agent.claim(id, how.paths);
  await agent.start(held);
  return held;
}

type Trio = readonly [RestAgent, RestAgent, RestAgent];

interface People {
  readonly mira: Person;
  readonly jonas: Person;
}

/** Two tasks whose branches meet in one file. */
async function busy(agents: Trio, people: People, room: Room): Promise<void> {
  const { mira, jonas } = people;
  const [pincer, molt] = agents;
  await room.say(
    mira,
    'Tried it on our own log. “Fix stuff” got “bold of you to assume it was stuff”. Shipping this one.',
  );
  const asked = await room.say(
    jonas,
    'The roasts land better now. Can we let people choose how hard it hits? Something like `--severity gentle|medium|savage`',
  );
  const one = await atWork(pincer, mira, room, {
    title: 'Add --severity: gentle, medium, savage',
    paths: ['roast/severity.py'],
    size: 'medium',
  });
  await pincer.react(asked.message_id, 'on-it');
  await pincer.commit(
    one,
    'Choose how hard it hits',
    severity('@click.option("--severity", default="medium")'),
  );
  const two = await atWork(molt, mira, room, {
    title: 'Colour output, respects NO_COLOR',
    paths: ['roast/colour.py'],
    size: 'small',
  });
  await molt.commit(two, 'Colour output', severity('@click.option("--colour/--no-colour", default=True)'));
  const said = await pincer.say(
    'Three levels, one template set each. Medium stays the default so nobody’s CI gets savaged by surprise. I’m touching `roast/cli.py`. @molt, you have it open for colour, so I’ll keep my change to the options block.',
  );
  await jonas.rest.post(`/rooms/${room.id}/messages/${said.message_id}/reactions`, { emoji: '👍' });
  await molt.say(
    `Fine by me. Colour only needs \`render()\`. I’ll rebase on ${one.key} once it’s in.`,
    said.message_id,
  );
  await wait(agents, people, room, { one, two });
}

/** A question that waits, tasks that nobody has, and how far everybody is. */
async function wait(
  [pincer, molt, tidepool]: Trio,
  { mira, jonas }: People,
  room: Room,
  { one, two }: { one: Held; two: Held },
): Promise<void> {
  const three = await task(mira, room, 'Shell completions', { size: 'small', capabilities: ['shell'] });
  const held = await tidepool.claim(three, ['completions/**']);
  await task(mira, room, 'Read defaults from .roastrc', { size: 'medium', capabilities: ['python'] });
  await task(mira, room, 'Golden tests for 40 real commits', {
    size: 'large',
    capabilities: ['pytest'],
    priority: 'low',
  });
  await task(mira, room, 'Publish wheel to the test index', { size: 'small', depends_on: [one.id] });
  await pincer.progress(one, 0.64, '41 of 64 tests');
  await pincer.status('testing', { task_id: one.id, progress: 0.64, detail: '41 of 64 tests' });
  await molt.progress(two, 0.35, 'colour.py');
  await molt.status('executing', { task_id: two.id, progress: 0.35, detail: 'colour.py' });
  await tidepool.ask(
    `@${mira.username} Click generates bash and zsh completions for free. Fish needs a small template of its own, about 40 lines. Include it in ${held.key} or leave it for later?`,
    ['Include fish', 'Later'],
    held.id,
  );
  await tidepool.status('waiting_approval', { task_id: held.id, progress: 0.48 });
  await room.say(jonas, 'I use fish, for what it’s worth.');
  await room.say(
    jonas,
    'It would be nice to have defaults in pyproject.toml, instead of typing flags every time.',
  );
}

/**
 * A room in the middle of its work, made through the public doors alone: two people, three agents that are programs
 * with a script and no model, a history, a pull request that waits, a question, a predicted conflict.
 * @param suffix makes user names unique on a server that has such a room already
 */
export async function furnishRoom(url: string, suffix = ''): Promise<FurnishedRoom> {
  const { mira, jonas, room } = await open(url, suffix);
  const agents = [
    await RestAgent.join(mira, room, `Pincer${suffix}`, 'script'),
    await RestAgent.join(jonas, room, `Molt${suffix}`, 'script'),
    await RestAgent.join(mira, room, `Tidepool${suffix}`, 'script'),
  ] as const;
  await begin(agents[0], { mira, jonas }, room);
  const waiting = await cache(agents[1], mira, room);
  await busy(agents, { mira, jonas }, room);
  const leave = (): void => {
    for (const agent of agents) agent.leave();
  };
  return { password: PASSWORD, mira, jonas, room, agents, waiting, leave };
}

/** The room's own page on a server. */
export const roomPage = (url: string, room: Room): string => `${new Rest(url).base}/rooms/${room.slug}`;
