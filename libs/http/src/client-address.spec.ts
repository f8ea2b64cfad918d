import { clientAddress, isLoopback } from './client-address.js';

type Request = Parameters<typeof clientAddress>[0];

const from = (remoteAddress: string, forwarded?: string): Request => ({
  headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  socket: Object.assign(Object.create(null), { remoteAddress }),
});

describe('clientAddress', () => {
  it.each([
    ['is the connection’s own', from('10.0.0.1'), 0, '10.0.0.1'],
    ['ignores the header without a proxy', from('10.0.0.1', '6.6.6.6'), 0, '10.0.0.1'],
    ['is what the one proxy saw', from('10.0.0.1', '6.6.6.6, 9.9.9.9'), 1, '9.9.9.9'],
    ['is what the outer of two proxies saw', from('10.0.0.1', '6.6.6.6, 9.9.9.9, 10.0.0.2'), 2, '9.9.9.9'],
    ['is the connection’s own when the proxy said nothing', from('10.0.0.1'), 1, '10.0.0.1'],
  ])('%s', (_name, request, hops, expected) => {
    expect(clientAddress(request, hops)).toBe(expected);
  });
});

describe('isLoopback', () => {
  it.each([
    ['127.0.0.1', true],
    ['::1', true],
    ['::ffff:127.0.0.1', true],
    ['10.0.0.1', false],
    ['127.0.0.1.evil.test', false],
    ['', false],
  ])('%p → %p', (address, expected) => {
    expect(isLoopback(address)).toBe(expected);
  });
});
