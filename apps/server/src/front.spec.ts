import { isNestPath } from './front.js';

it.each([
  ['/api/v1/rooms', true],
  ['/api', true],
  ['/git/roast-abc123.git/info/refs?service=git-upload-pack', true],
  ['/healthz', true],
  ['/socket.io/?EIO=4', true],
  ['/webhooks/github', true],
  ['/', false],
  ['/watch/roast-abc123', false],
  ['/apiary', false],
  ['/gitter', false],
  ['/_next/static/chunk.js', false],
])('%s is for Nest: %s', (path, nest) => {
  expect(isNestPath(path)).toBe(nest);
});
