import { publicLookup, whyNotEndpoint } from './push-endpoint.js';

it.each([
  'https://updates.push.services.mozilla.com/wpush/v2/x',
  'https://fcm.googleapis.com/fcm/send/x',
  'https://1.1.1.1/x',
  'https://[2606:4700::1111]/x',
])('%s may be sent to', (endpoint) => expect(whyNotEndpoint(endpoint, false)).toBeNull());

it.each([
  'not a url',
  'http://fcm.googleapis.com/x',
  'ftp://fcm.googleapis.com/x',
  'https://user:pass@fcm.googleapis.com/x',
  'https://127.0.0.1/x',
  'https://127.1/x',
  'https://2130706433/x',
  'https://10.0.0.7/x',
  'https://169.254.169.254/latest/meta-data',
  'https://[::1]/x',
  'https://[::ffff:10.0.0.1]/x',
  'https://[fd00::1]/x',
  'https://localhost/x',
  'https://db.localhost/x',
  'https://redis/x',
  'https://printer.local./x',
  'https://metadata.google.internal/x',
])('%s may not', (endpoint) => expect(whyNotEndpoint(endpoint, false)).not.toBeNull());

it('lets a server that says so send inside its own network, yet only over https', () => {
  expect(whyNotEndpoint('https://localhost:8443/x', true)).toBeNull();
  expect(whyNotEndpoint('http://localhost:8443/x', true)).not.toBeNull();
});

it.each([{}, { all: true }])('resolves no name to this machine (%j)', async (options) => {
  const error = await new Promise((resolve) => publicLookup('localhost', options, resolve));
  expect(String(error)).toContain('is not on the public internet');
});
