import { startLine, tokenLine } from './programs';

const START = { server: 'http://127.0.0.1:4040', room: 'reef-k3f9qz', agent: 'Pincer', token: 'clw_1' };

describe('the line that starts an agent', () => {
  it('names the server, the room and the agent', () => {
    expect(startLine('claude', START)).toBe(
      'clawtank --server http://127.0.0.1:4040 agent run --room reef-k3f9qz --name Pincer --token-env -- claude -p --permission-mode acceptEdits',
    );
  });

  it('lets no name out of its quotes', () => {
    const line = startLine('command', { ...START, agent: `it's; rm -rf $HOME` });
    expect(line).toContain(`--name 'it'\\''s; rm -rf $HOME' --token-env`);
  });

  it('keeps the token out of the line that stays in a history', () => {
    expect(startLine('codex', START)).not.toContain('clw_1');
    expect(tokenLine(START)).toBe('export CLAWTANK_AGENT_TOKEN=clw_1');
    expect(tokenLine({ ...START, token: null })).toContain('clw_…');
  });
});
