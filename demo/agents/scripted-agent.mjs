// Stands in for a coding agent in the demo: no model, a few fixed edits chosen by the task's title.
// It gets what any command under `clawtank agent run` gets: the task on stdin and in CLAWTANK_* variables.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const title = process.env.CLAWTANK_TASK_TITLE ?? '';
const reason = process.env.CLAWTANK_REASON ?? 'task';
const gate = process.env.DEMO_GATE ?? '';
const detail = process.env.DEMO_DETAIL ?? '';

const say = (progress, note) => console.log(`CLAWTANK_PROGRESS ${progress} ${note}`);
const git = (...args) => execFileSync('git', args, { encoding: 'utf8' });

/** The tagline is the first line of text under the title. */
function rewriteTagline(text, word) {
  const lines = text.split('\n');
  const at = lines.findIndex((line, index) => index > 0 && line.trim() !== '' && !line.startsWith('#'));
  lines[at] = `Many people, many agents, one ${word} room around one git repository.`;
  return lines.join('\n');
}

/** Keeps both sides of each conflict, joined into one line. */
function keepBoth(text) {
  return text.replace(
    /<<<<<<< [^\n]*\n([\s\S]*?)(?:\|\|\|\|\|\|\| [^\n]*\n[\s\S]*?)?=======\n([\s\S]*?)>>>>>>> [^\n]*\n/g,
    (_, ours, theirs) => `${ours.trimEnd()} ${theirs.trimEnd()}\n`,
  );
}

async function waitForGate() {
  git('add', '-A');
  git('commit', '-q', '-m', title);
  say(0.6, 'committed, waiting for the go');
  const deadline = Date.now() + 45_000;
  while (gate !== '' && !existsSync(gate) && Date.now() < deadline) await delay(50);
}

const EDITS = [
  [/contributors/i, () => writeFileSync('CONTRIBUTORS.md', '# Contributors\n\n- Mira\n- Jonas\n')],
  [
    /about yourself/i,
    () => {
      mkdirSync('docs/agents', { recursive: true });
      writeFileSync(
        'docs/agents/molt.md',
        '# Molt\n\nA scripted agent. It follows a list, no model involved.\n',
      );
    },
  ],
  [
    /editorconfig/i,
    () => writeFileSync('.editorconfig', 'root = true\n\n[*]\nindent_style = space\nindent_size = 2\n'),
  ],
  [
    /tagline.*calm/i,
    async () => {
      writeFileSync('README.md', rewriteTagline(readFileSync('README.md', 'utf8'), 'calm'));
      await waitForGate();
    },
  ],
  [
    /tagline.*quick/i,
    async () => {
      writeFileSync('README.md', rewriteTagline(readFileSync('README.md', 'utf8'), 'quick'));
      await waitForGate();
    },
  ],
];

if (reason === 'conflict') {
  const files = git('diff', '--name-only', '--diff-filter=U').split('\n').filter(Boolean);
  for (const file of files) writeFileSync(file, keepBoth(readFileSync(file, 'utf8')));
  say(0.9, `kept both sides in ${files.join(', ')}`);
} else {
  const edit = EDITS.find(([pattern]) => pattern.test(title));
  if (!edit) throw new Error(`no edit for: ${title}`);
  say(0.3, detail === '' ? 'editing' : detail);
  await edit[1]();
  say(0.8, 'done editing');
}
