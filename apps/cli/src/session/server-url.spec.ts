import { serverUrl } from './server-url.js';

describe('serverUrl', () => {
  it.each([
    ['https://tank.example.org', 'https://tank.example.org'],
    ['https://tank.example.org/', 'https://tank.example.org'],
    ['https://example.org/tank/', 'https://example.org/tank'],
    ['tank.example.org', 'https://tank.example.org'],
    ['localhost:3000', 'http://localhost:3000'],
    ['127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['HTTP://Tank.example.org:80/', 'http://tank.example.org'],
  ])('%s is %s', (text, url) => {
    expect(serverUrl(text)).toBe(url);
  });

  it.each(['ftp://tank.example.org', 'http://', 'https://ada:pw@tank.example.org', 'file:///etc'])(
    'refuses %s',
    (text) => {
      expect(() => serverUrl(text)).toThrow(expect.objectContaining({ name: 'UsageError' }));
    },
  );
});
