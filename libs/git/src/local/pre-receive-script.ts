/**
 * The hook that git runs before a push moves any ref. It is plain text because git starts it outside the
 * server's build: it needs Node alone. It reads the updates, finds out which of them rewrite history (the
 * pushed objects are in git's quarantine, which only the hook can see) and asks the server over its socket.
 * Everything but a clear yes refuses the push.
 */
export const PRE_RECEIVE_SCRIPT = `'use strict';
const { spawnSync } = require('node:child_process');
const { connect } = require('node:net');
const { readFileSync } = require('node:fs');

const env = process.env;
const isZero = (sha) => /^0+$/.test(sha);

function refuse(text) {
  process.stderr.write('ClawTank: ' + text + '\\n');
  process.exitCode = 1;
}

function rewrites(old, next) {
  if (isZero(old) || isZero(next)) return false;
  return spawnSync('git', ['merge-base', '--is-ancestor', old, next], { stdio: 'ignore' }).status !== 0;
}

const updates = readFileSync(0, 'utf8').split('\\n').filter(Boolean).map((line) => {
  const [old, next] = line.split(' ', 2);
  const ref = line.slice(old.length + next.length + 2);
  return { ref, old, new: next, forced: rewrites(old, next) };
});

const socket = connect(env.CLAWTANK_HOOK_SOCKET || '');
let answer = '';
socket.setEncoding('utf8');
socket.setTimeout(60000, () => socket.destroy(new Error('timeout')));
socket.on('connect', () => {
  const question = { push_id: env.CLAWTANK_PUSH_ID, secret: env.CLAWTANK_PUSH_SECRET, updates };
  socket.write(JSON.stringify(question) + '\\n');
});
socket.on('data', (text) => { answer += text; });
socket.on('error', () => refuse('UNAVAILABLE The server can\\'t judge this push now; try again.'));
socket.on('end', () => {
  let verdict;
  try { verdict = JSON.parse(answer); } catch { verdict = {}; }
  if (verdict.allowed === true) return;
  const reasons = Array.isArray(verdict.reasons) ? verdict.reasons : [];
  if (reasons.length === 0) return refuse('INTERNAL This push could not be judged.');
  for (const reason of reasons) refuse(String(reason));
});
`;

/** A path inside single quotes of sh. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** The file that git starts: sh finds the Node program even where its path has a space, which `#!` could not. */
export const preReceiveLauncher = (nodePath: string): string =>
  `#!/bin/sh\nexec ${quoted(nodePath)} "\${0%/*}/pre-receive.cjs"\n`;
