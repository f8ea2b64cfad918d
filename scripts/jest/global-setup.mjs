import {
  dropLeftovers,
  findChromium,
  findPostgres,
  findRedis,
  findRedisServer,
  specsThatNeed,
} from './services.mjs';

const isStrict = process.env.CLAWTANK_REQUIRE_ALL === '1';

function missing(what, variable) {
  if (isStrict) throw new Error(`${what}, and CLAWTANK_REQUIRE_ALL=1 lets no test be left out`);
  const left = specsThatNeed(variable);
  if (left.length > 0)
    console.error(`${what}, so these tests do not run (or only in part):\n  ${left.join('\n  ')}`);
}

/** Finds or starts what the tests need, once for all of them, and tells them by environment variables. */
export default async function globalSetup() {
  const redis = await findRedis(process.env);
  if (redis) process.env.CLAWTANK_TEST_REDIS_URL = redis;
  else missing('no Redis answers at 127.0.0.1:6379', 'CLAWTANK_TEST_REDIS_URL');

  const redisServer = findRedisServer(process.env);
  if (redisServer) process.env.CLAWTANK_TEST_REDIS_SERVER = redisServer;
  else missing('no redis-server was found for a cluster', 'CLAWTANK_TEST_REDIS_SERVER');

  const chromium = findChromium(process.env);
  if (chromium) process.env.CLAWTANK_TEST_CHROMIUM = chromium;
  else missing('no Chromium was found', 'CLAWTANK_TEST_CHROMIUM');

  const postgres = await findPostgres(process.env);
  process.env.CLAWTANK_TEST_DATABASE_URL = postgres.url;
  globalThis.clawtankTestPostgres = postgres;
  await dropLeftovers(postgres.url);
}
