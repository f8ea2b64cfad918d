import { hashToken, isAgentToken, newAgentToken } from './agent-token.js';

describe('agent tokens', () => {
  it('accepts what it made', () => {
    for (let round = 0; round < 50; round += 1) expect(isAgentToken(newAgentToken())).toBe(true);
  });

  it('notices any changed character', () => {
    const token = newAgentToken();
    for (let at = 4; at < token.length; at += 1) {
      const other = token[at] === 'a' ? 'b' : 'a';
      expect(isAgentToken(`${token.slice(0, at)}${other}${token.slice(at + 1)}`)).toBe(false);
    }
  });

  it.each([[''], ['clw_'], ['sk-123'], [`${newAgentToken()}0`]])('refuses %j', (text) => {
    expect(isAgentToken(text)).toBe(false);
  });

  it('keeps a hash, not the token', () => {
    const token = newAgentToken();
    expect(hashToken(token).toString('utf8')).not.toContain(token);
    expect(hashToken(token).equals(hashToken(token))).toBe(true);
  });
});
