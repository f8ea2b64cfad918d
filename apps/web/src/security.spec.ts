import { contentSecurityPolicy } from './security';

const policy = contentSecurityPolicy('abc', false);

it('names no other host and takes nothing from markup', () => {
  expect(policy).toContain(`script-src 'self' 'nonce-abc' 'strict-dynamic';`);
  expect(policy).not.toMatch(/unsafe|https?:|\*|data:/);
});

it('is looser only for the development server', () => {
  expect(contentSecurityPolicy('abc', true)).toContain('unsafe-eval');
});
