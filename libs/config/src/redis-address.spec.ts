import { redisAddress } from './redis-address.js';

const at = (host: string, port: number): object => ({ host, port });

it.each([
  ['redis://127.0.0.1', false, [at('127.0.0.1', 6379)], false, {}],
  ['redis://127.0.0.1:7000/2', true, [at('127.0.0.1', 7000)], true, {}],
  ['redis://a:7000,b,[::1]:7002', false, [at('a', 7000), at('b', 6379), at('::1', 7002)], true, {}],
  ['redis://:p%40ss@a,b', false, [at('a', 6379), at('b', 6379)], true, { password: 'p@ss' }],
  ['rediss://me:it@a', false, [at('a', 6379)], false, { username: 'me', password: 'it', tls: {} }],
] as const)('%s, said to be a cluster: %s', (url, said, nodes, isCluster, options) => {
  expect(redisAddress(url, said)).toEqual({ url, nodes, isCluster, options });
});
