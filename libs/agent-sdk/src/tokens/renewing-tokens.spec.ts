import { RenewingTokens } from './renewing-tokens.js';

function counting(first?: string) {
  let time = 0;
  let fetched = 0;
  const next = () => Promise.resolve({ access_token: `t${++fetched}`, expires_in: 600 });
  const tokens = new RenewingTokens(next, {
    now: () => time,
    ...(first ? { first: { access_token: first, expires_in: 600 } } : {}),
  });
  return { tokens, advance: (seconds: number) => (time += seconds * 1000), fetched: () => fetched };
}

const tokenOf = async (tokens: RenewingTokens): Promise<string> => (await tokens.access()).token;

describe('RenewingTokens', () => {
  it('fetches once and keeps what it got', async () => {
    const { tokens } = counting();
    expect([await tokenOf(tokens), await tokenOf(tokens)]).toEqual(['t1', 't1']);
  });

  it('fetches once for all who ask at the same time', async () => {
    const { tokens, fetched } = counting();
    await Promise.all([tokens.access(), tokens.access(), tokens.access()]);
    expect(fetched()).toBe(1);
  });

  it('begins with the token it was given', async () => {
    const { tokens } = counting('t0');
    expect(await tokenOf(tokens)).toBe('t0');
  });

  it.each([
    ['not before three quarters of its life', 449, 't1'],
    ['ahead of its end', 450, 't2'],
    ['after its end', 10_000, 't2'],
  ])('renews %s', async (_, seconds, token) => {
    const { tokens, advance } = counting();
    await tokens.access();
    advance(seconds);
    expect(await tokenOf(tokens)).toBe(token);
  });

  it('fetches another one after a refusal, and not for the refusal of an older one', async () => {
    const { tokens } = counting();
    await tokens.access();
    expect(tokens.refuse('t1')).toBe(true);
    expect(await tokenOf(tokens)).toBe('t2');
    tokens.refuse('t1');
    expect(await tokenOf(tokens)).toBe('t2');
  });

  it('tries again after a fetch that failed', async () => {
    let fail = true;
    const tokens = new RenewingTokens(() =>
      fail ? Promise.reject(new Error('away')) : Promise.resolve({ access_token: 't', expires_in: 600 }),
    );
    await expect(tokens.access()).rejects.toThrow('away');
    fail = false;
    expect(await tokenOf(tokens)).toBe('t');
  });
});
