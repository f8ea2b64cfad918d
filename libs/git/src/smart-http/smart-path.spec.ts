import { parseSmartRequest } from './smart-path.js';

describe('the smart endpoints', () => {
  it.each([
    ['GET', '/room-a1.git/info/refs?service=git-upload-pack', 'git-upload-pack', true],
    ['GET', '/room-a1.git/info/refs?service=git-receive-pack', 'git-receive-pack', true],
    ['POST', '/room-a1.git/git-upload-pack', 'git-upload-pack', false],
    ['POST', '/room-a1.git/git-receive-pack', 'git-receive-pack', false],
  ])('%s %s', (method, target, service, advertises) => {
    expect(parseSmartRequest(method, target)).toEqual({ slug: 'room-a1', service, advertises });
  });

  it.each([
    ['GET', '/room.git/info/refs'],
    ['GET', '/room.git/info/refs?service=git-upload-archive'],
    ['GET', '/room.git/HEAD'],
    ['GET', '/room.git/objects/info/packs'],
    ['GET', '/room.git/objects/aa/bb'],
    ['GET', '/room.git/config'],
    ['GET', '/room.git/git-upload-pack'],
    ['POST', '/room.git/info/refs?service=git-upload-pack'],
    ['DELETE', '/room.git/git-receive-pack'],
    ['POST', '/room.git/git-upload-archive'],
    ['GET', '/../x.git/info/refs?service=git-upload-pack'],
    ['GET', '/%2e%2e.git/info/refs?service=git-upload-pack'],
    ['GET', '/a/b.git/info/refs?service=git-upload-pack'],
    ['GET', '/Room.git/info/refs?service=git-upload-pack'],
    ['GET', '/room/info/refs?service=git-upload-pack'],
    ['GET', '/.git/info/refs?service=git-upload-pack'],
    ['GET', '/room.git//info/refs?service=git-upload-pack'],
  ])('has nothing at %s %s', (method, target) => {
    expect(parseSmartRequest(method, target)).toBeUndefined();
  });
});
