// Lists the processes that belong to this repository or to this run. With a second argument, a list made
// before, waits until no other is left, and fails when one stays.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const [root, beforeFile] = process.argv.slice(2);
const PATIENCE_MS = 10_000;

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function folderOf(pid) {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}

/** This process and those that started it: they end after it. */
function ancestors() {
  const found = new Set();
  for (let pid = process.pid; pid > 0; ) {
    found.add(pid);
    pid = Number(/^PPid:\s*(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0);
  }
  return found;
}

function ours() {
  const spared = ancestors();
  const mark = `CLAWTANK_CI_MARK=${process.env.CLAWTANK_CI_MARK}`;
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && !spared.has(pid))
    .map((pid) => ({ pid, command: read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim() }))
    .filter(({ pid, command }) => {
      const isMarked = read(`/proc/${pid}/environ`).split('\0').includes(mark);
      return command && (isMarked || command.includes(root) || folderOf(pid).startsWith(root));
    });
}

if (!beforeFile) {
  console.log(
    ours()
      .map(({ pid }) => pid)
      .join('\n'),
  );
} else {
  const before = new Set(read(beforeFile).split('\n').map(Number));
  const left = () => ours().filter(({ pid }) => !before.has(pid));
  const deadline = Date.now() + PATIENCE_MS;
  while (left().length > 0 && Date.now() < deadline) await delay(200);
  const stayed = left();
  for (const { pid, command } of stayed) console.log(`${pid} ${command.slice(0, 200)}`);
  if (stayed.length > 0) process.exitCode = 1;
  else console.log('none');
}
