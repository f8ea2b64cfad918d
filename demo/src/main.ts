import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  assemble,
  type Cast,
  clash,
  cloneResult,
  complete,
  easyTasks,
  handOver,
  plant,
  redirect,
  settleClash,
  type Stage,
  startAgents,
} from './scenario.js';
import { plantSecrets } from './secrets.js';
import { startServer } from './server-process.js';
import { judge } from './verdict.js';

const asJson = process.argv.includes('--json');
const begun = Date.now();

const tell = (line: string): void => {
  if (!asJson) console.log(`${((Date.now() - begun) / 1_000).toFixed(1).padStart(5)} s  ${line}`);
};

async function play(stage: Stage, serverLog: () => string): Promise<boolean> {
  const cast = await assemble(stage);
  try {
    await plant(cast, stage);
    await startAgents(cast, stage);
    await easyTasks(cast, stage);
    await handOver(cast, stage);
    await redirect(cast, stage);
    const prediction = await clash(cast, stage);
    await settleClash(cast, stage);
    await complete(cast);
    tell('the room is completed');
    const clone = await cloneResult(cast, stage);
    const { figures, checks } = await judge(cast, stage, {
      prediction,
      clone,
      serverLog: serverLog(),
      begun,
    });
    for (const check of checks)
      tell(
        `${check.holds ? 'ok  ' : 'FAIL'} ${check.what}${check.holds ? '' : `: ${JSON.stringify(check.found)}`}`,
      );
    if (asJson) console.log(JSON.stringify(figures));
    else console.table(figures);
    return checks.every((check) => check.holds);
  } catch (error) {
    console.error(cast.terminals.flatMap((terminal) => terminal.output).join(''));
    throw error;
  } finally {
    await end(cast);
  }
}

async function end({ terminals, member, spectator }: Cast): Promise<void> {
  await Promise.all(terminals.map((terminal) => terminal.stopAgents()));
  member.close();
  spectator.close();
}

async function main(): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'clawtank-demo-'));
  // Root's PostgreSQL runs as another account and keeps its files here only if it may pass.
  await chmod(folder, 0o711);
  tell(
    'A demo on a fresh data folder. The agents are scripted: fixed edits, no model. Everything else is real.',
  );
  const server = await startServer(join(folder, 'data'));
  try {
    tell(`the server is ready at ${server.url}`);
    return await play({ url: server.url, folder, secrets: plantSecrets(), tell }, server.output);
  } catch (error) {
    console.error(server.output());
    throw error;
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

main().then(
  (good) => process.exit(good ? 0 : 1),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
