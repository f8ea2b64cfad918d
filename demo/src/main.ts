import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { looksOf, openCodeHost } from './hosts/open.js';
import { readOptions } from './options.js';
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
  workOutside,
} from './scenario.js';
import { plantSecrets } from './secrets.js';
import { startServer } from './server-process.js';
import { judge } from './verdict.js';

const options = readOptions(process.argv.slice(2));
const { json: asJson } = options;
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
    await workOutside(cast, stage);
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
    else {
      const { final, deliveries, ...numbers } = figures;
      console.table(numbers);
      console.log({ final, ...(deliveries ? { deliveries } : {}) });
    }
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
  const codeHost = await openCodeHost(options);
  const server = await startServer(join(folder, 'data'), { ...codeHost?.env, ...looksOf(options) });
  try {
    tell(`the server is ready at ${server.url}`);
    codeHost?.tellTo(server.url);
    const stage = {
      url: server.url,
      folder,
      secrets: plantSecrets(),
      tell,
      ...(codeHost ? { codeHost } : {}),
    };
    return await play(stage, server.output);
  } catch (error) {
    console.error(server.output());
    throw error;
  } finally {
    await codeHost?.settled();
    await server.stop();
    await codeHost?.stop();
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
