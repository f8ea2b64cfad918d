import { contentSecurityPolicy, nonceOf } from './security';

const policy = contentSecurityPolicy('abc', false);

it('names no other host and takes nothing from markup', () => {
  expect(policy).toContain(`script-src 'self' 'nonce-abc' 'strict-dynamic';`);
  expect(policy).toContain(`style-src 'self' 'nonce-abc';`);
  expect(policy).not.toMatch(/unsafe|https?:|\*|data:/);
});

it('is looser only for the development server', () => {
  expect(contentSecurityPolicy('abc', true)).toContain('unsafe-eval');
});

it('gives its nonce back', () => {
  expect(nonceOf(policy)).toBe('abc');
  expect(nonceOf(`default-src 'none'`)).toBe('');
});
