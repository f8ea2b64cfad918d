import { cgiEnvironment } from './cgi-environment.js';
import { parseCgiHead } from './cgi-head.js';

describe('the head of a CGI answer', () => {
  it.each([
    ['unix', 'Status: 404 Not Found\nContent-Type: text/plain\n\nbody'],
    ['windows', 'Status: 404 Not Found\r\nContent-Type: text/plain\r\n\r\nbody'],
  ])('is read with %s lines', (_name, text) => {
    const head = parseCgiHead(Buffer.from(text));
    expect(head).toMatchObject({ status: 404, headers: [['content-type', 'text/plain']] });
    expect(head?.rest.toString()).toBe('body');
  });

  it('is 200 by default and passes on nothing unknown', () => {
    expect(parseCgiHead(Buffer.from('Set-Cookie: a\nExpires: x\n\n'))).toMatchObject({
      status: 200,
      headers: [['expires', 'x']],
    });
  });

  it('is awaited', () => expect(parseCgiHead(Buffer.from('Content-Type: text/plain\r\n'))).toBeUndefined());
  it('with a strange status is a bad gateway', () => {
    expect(parseCgiHead(Buffer.from('Status: 1x\n\n'))?.status).toBe(502);
  });
});

describe('the environment of the CGI', () => {
  it('takes nothing from headers but what a whitelist matches', () => {
    const env = cgiEnvironment(
      { slug: 'room', service: 'git-upload-pack', advertises: false },
      '/data/x.git',
      {
        'content-type': 'text/x\nLD_PRELOAD=x',
        'content-length': '1e3',
        'git-protocol': 'version=2;rm',
        'content-encoding': 'br',
        'x-evil': '1',
        proxy: 'x',
      },
      'ada',
    );
    expect(Object.keys(env).sort()).toEqual([
      'GATEWAY_INTERFACE',
      'GIT_HTTP_EXPORT_ALL',
      'GIT_PROJECT_ROOT',
      'PATH_INFO',
      'QUERY_STRING',
      'REMOTE_ADDR',
      'REMOTE_USER',
      'REQUEST_METHOD',
      'SERVER_PROTOCOL',
    ]);
    expect(env).toMatchObject({
      GIT_PROJECT_ROOT: '/data',
      PATH_INFO: '/x.git/git-upload-pack',
      REQUEST_METHOD: 'POST',
    });
  });
});
