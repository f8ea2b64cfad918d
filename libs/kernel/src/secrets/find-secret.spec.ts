import { findSecret, maskSecrets } from './find-secret.js';

// Put together here, so that nobody who searches this repository for secrets finds one.
const RANDOM = 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6';
const word = (length: number): string => RANDOM.repeat(3).slice(0, length);

const SECRETS: readonly (readonly [kind: string, secret: string])[] = [
  ['a ClawTank agent token', `clw_${'a1b2c3d4e5'.repeat(4)}0abc123`],
  ['a GitHub token', `ghp_${word(36)}`],
  ['a GitHub token', `github_pat_${word(60)}`],
  ['a GitLab token', `glpat-${word(20)}`],
  ['an npm token', `npm_${word(36)}`],
  ['a Slack token', `xoxb-123456789012-123456789012-${word(24)}`],
  ['an Anthropic key', `sk-ant-api03-${word(60)}`],
  ['an OpenAI key', `sk-proj-${word(48)}`],
  ['a Stripe key', `sk_live_${word(24)}`],
  ['a Google API key', `AIza${word(35)}`],
  ['an AWS access key', `AKIA${'QWER2TYU3IOP4ASD'}`],
  ['an AWS secret key', `aws_secret_access_key = ${word(40)}`],
  ['a private key', `-----BEGIN RSA PRIVATE KEY-----\nMIIE${word(60)}\n-----END RSA PRIVATE KEY-----`],
  ['a JSON web token', `eyJ${word(20)}.eyJ${word(40)}.${word(43)}`],
  ['an address with a password', 'postgres://app:S3cr3t-pass@db.internal/app'],
  ['a password', 'password = "Correct7horse"'],
];

const inTheMiddle =
  (between: string) =>
  (secret: string): string =>
    secret.slice(0, secret.length / 2) + between + secret.slice(secret.length / 2);
const fullWidth = (secret: string): string =>
  secret
    .replace(/[!-~]/g, (char) => String.fromCodePoint((char.codePointAt(0) ?? 0) + 0xfee0))
    .replaceAll(' ', '\u3000');

const FORMS: readonly (readonly [form: string, write: (secret: string) => string])[] = [
  ['as it is', (secret) => secret],
  ['in the next line', (secret) => `look here\n${secret}`],
  ['in the next line and split', (secret) => `look here\n${inTheMiddle('\n')(secret)}`],
  ['split by the end of a line', inTheMiddle('\n')],
  ['split by the end of a line and an indent', inTheMiddle('\r\n    ')],
  ['split by a zero-width space', inTheMiddle('\u200b')],
  ['split by a word joiner', inTheMiddle('\u2060')],
  ['split by a soft hyphen', inTheMiddle('\u00ad')],
  ['in full-width letters', fullWidth],
];

describe('a secret is found', () => {
  describe.each(FORMS)('%s', (_form, write) => {
    it.each(SECRETS)('%s', (kind, secret) => {
      expect(findSecret(`Take this: ${write(secret)} and go on.`)).toBe(kind);
      expect(findSecret(write(secret))).toBe(kind);
    });
  });
});

describe('no secret is', () => {
  it.each([
    ['talk', 'The token bucket is the key to this; the password reset page needs a secret review.'],
    ['a hash of a commit', 'Fixed in 4708a38e58f9cb3ff4aab46fee5bcb64e12870f30912 on main.'],
    [
      'an id',
      'See task-0192f1c2-7b1c-7abc-8def-0123456789ab and token: 0192f1c2-7b1c-7abc-8def-0123456789ab',
    ],
    [
      'a placeholder',
      'Set OPENAI_API_KEY=sk-... or ghp_<token>, password: ********, api_key="your-api-key-1"',
    ],
    ['a type', 'password: string; api_key: config.apiKey2; accessToken: Promise<Token2>'],
    ['code', 'const secret = process.env.CLIENT_SECRET_2; const access_token = await issue(user, 12345678);'],
    ['a port and a mention', 'It runs at http://localhost:3000\n@mira have a look'],
    ['a port and an address', 'It runs at http://localhost:3000\nmira@tank.dev has the rest'],
    ['a database at home', 'postgres://postgres:postgres@localhost:5432/test and redis://user:pass@cache'],
    ['a remote', 'git@github.com:team/repo.git, https://github.com/a/b/blob/main/src/secret-keys.ts'],
    ['a picture', `data:image/png;base64,iVBORw0KGgo${word(100)}`],
    ['a path', 'pwd=/home/mira/work2/tank and secret: ./keys/dev1.pem'],
    ['a certificate', '-----BEGIN CERTIFICATE-----'],
    ['a documented example', 'AKIAIOSFODNN7EXAMPLE'],
    ['several scripts', 'Пароль: не сохранять, 密码：稍后再说, كلمة السر لاحقا'],
  ])('%s', (_name, text) => {
    expect(findSecret(text)).toBeUndefined();
  });

  it('long text without one, in time that grows with its length', () => {
    const piece = 'password: key=token "secret" http://a:b eyJ AKIA sk- -----BEGIN \u200b\n';
    const seconds = (times: number): number => {
      const before = process.cpuUsage();
      findSecret(piece.repeat(times));
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1e6;
    };
    seconds(500);
    const [short, long] = [seconds(500), seconds(4_000)];
    expect(long / Math.max(short, 0.002)).toBeLessThan(32);
  });
});

describe('masked', () => {
  it.each(SECRETS)('%s leaves what stands around it', (kind, secret) => {
    const masked = maskSecrets(`Before ${secret} behind.`);
    expect(findSecret(masked)).toBeUndefined();
    expect(masked).toContain(`[removed: ${kind}]`);
    expect(masked).toMatch(/^Before [^]*behind\.$|^Before /);
  });

  it('the password goes, where the name before it is the same word', () => {
    expect(maskSecrets('postgres://S3cr3t-pass:S3cr3t-pass@db/app')).toBe(
      'postgres://S3cr3t-pass:[removed: an address with a password]@db/app',
    );
  });

  it.each(FORMS.slice(1))('one %s is not there any more', (_form, write) => {
    for (const [, secret] of SECRETS) expect(findSecret(maskSecrets(`Fix ${write(secret)}`))).toBeUndefined();
  });

  it('text without one stays as it is, to the byte', () => {
    for (const text of ['Fix the parser\u200b', '\uff26ull', 'a\r\nb']) expect(maskSecrets(text)).toBe(text);
  });
});
