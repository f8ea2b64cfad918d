import { type OutputLine, readLine } from './output-line.js';

const usage = (used: { tokens?: number; cost_cents?: number }): OutputLine => ({
  kind: 'usage',
  usage: used,
});
const progress = (share: number, note = ''): OutputLine => ({ kind: 'progress', progress: share, note });
const text = (words: string): OutputLine => ({ kind: 'text', text: words });

describe('readLine', () => {
  it.each<[string, OutputLine]>([
    ['CLAWTANK_PROGRESS 0.4 writing tests', progress(0.4, 'writing tests')],
    ['CLAWTANK_PROGRESS 1', progress(1)],
    ['CLAWTANK_PROGRESS .5 half', progress(0.5, 'half')],
    ['CLAWTANK_PROGRESS 40% nearly', progress(0.4, 'nearly')],
    ['CLAWTANK_PROGRESS 7 too far', progress(1, 'too far')],
    ['CLAWTANK_PROGRESS -1 back', text('CLAWTANK_PROGRESS -1 back')],
    ['CLAWTANK_USAGE tokens=1200 cost_cents=3', usage({ tokens: 1200, cost_cents: 3 })],
    ['CLAWTANK_USAGE cost_cents=3', usage({ cost_cents: 3 })],
    ['CLAWTANK_USAGE tokens=-3', text('CLAWTANK_USAGE tokens=-3')],
    ['CLAWTANK_USAGE many', text('CLAWTANK_USAGE many')],
    ['CLAWTANK_PROGRESS soon', text('CLAWTANK_PROGRESS soon')],
    ['CLAWTANK_STATUS testing 12 suites', { kind: 'status', status: 'testing', note: '12 suites' }],
    ['CLAWTANK_STATUS ready', text('CLAWTANK_STATUS ready')],
    ['not CLAWTANK_PROGRESS 0.4', text('not CLAWTANK_PROGRESS 0.4')],
    ['\u001b[32mok\u001b[0m  ', text('ok')],
    ['a\u0007b', text('ab')],
    ['x'.repeat(900), text('x'.repeat(300))],
  ])('%j', (line, read) => {
    expect(readLine(line)).toEqual(read);
  });
});
