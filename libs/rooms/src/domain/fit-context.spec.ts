import type { RoomView } from '@clawtank/contracts';
import fc from 'fast-check';
import { CONTEXT_BYTES, fitContext, type FullContext } from './fit-context.js';
import { DEFAULT_SETTINGS } from './room-settings.js';

const room = (texts: { description?: string; instructions?: string } = {}): RoomView => ({
  id: '01900000-0000-7000-8000-000000000000',
  slug: 'tank-abc234',
  name: 'Tank',
  description: texts.description ?? '',
  visibility: 'private',
  state: 'active',
  hold: false,
  setup_error: null,
  host: { id: '01900000-0000-7000-8000-000000000001', username: 'ada', display_name: 'Ada' },
  repository: { host: 'local', clone_url: '/git/tank-abc234.git', default_branch: 'main', head_sha: null },
  settings: { ...DEFAULT_SETTINGS, agent_instructions: texts.instructions ?? '' },
  created_at: '2026-01-01T00:00:00.000Z',
  completed_at: null,
  archive_at: null,
});

const decision = (text: string) => ({
  id: text,
  text,
  by: { kind: 'human' as const, id: '1', name: 'Ada' },
  created_at: '2026-01-01T00:00:00.000Z',
});

const context = (parts: Partial<FullContext> = {}): FullContext => ({
  room: room(),
  members: [],
  agents: [],
  repository: { branches: [], recent_commits: [], files: [] },
  chat_history: [],
  active_tasks: [],
  leases: [],
  decisions: [],
  since_you_left: null,
  cursor: 7,
  epoch: 'e',
  ...parts,
});

const files = (count: number, length = 20): FullContext['repository'] => ({
  branches: [],
  recent_commits: [],
  files: Array.from({ length: count }, (_, n) => `${String(n)}-${'f'.repeat(length)}`),
});
const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

it('leaves a small room whole', () => {
  const full = context({ repository: files(10), decisions: [decision('tabs')] });
  expect(fitContext(full, CONTEXT_BYTES.standard)).toEqual({ ...full, left_out: {} });
});

it('names what is left out, by count', () => {
  const cut = fitContext(context({ repository: files(5_000) }), CONTEXT_BYTES.min);
  expect(cut.left_out['files']).toBe(5_000 - cut.repository.files.length);
  expect(cut.repository.files.length).toBeGreaterThan(10);
});

it('keeps the newest decisions, in their order', () => {
  const decisions = Array.from({ length: 500 }, (_, n) => decision(`decision ${String(n)}`));
  const kept = fitContext(context({ decisions }), CONTEXT_BYTES.min).decisions;
  expect(kept.at(-1)?.text).toBe('decision 499');
  expect(kept).toEqual(decisions.slice(-kept.length));
});

it('keeps the newest news, and says how many it left out', () => {
  const news = Array.from({ length: 500 }, (_, n) => ({
    seq: n,
    at: 'now',
    by: 'Ada',
    text: `news ${String(n)}`,
  }));
  const cut = fitContext(context({ since_you_left: { after: 3, news } }), CONTEXT_BYTES.min);
  const kept = cut.since_you_left?.news ?? [];
  expect(kept.length).toBeGreaterThan(10);
  expect(kept).toEqual(news.slice(-kept.length));
  expect(cut.left_out['news']).toBe(500 - kept.length);
});

it('does not let a long list starve those after it', () => {
  const decisions = Array.from({ length: 500 }, (_, n) => decision(`decision ${String(n)}`));
  const cut = fitContext(context({ decisions, repository: files(500) }), CONTEXT_BYTES.min);
  expect(cut.repository.files.length).toBeGreaterThan(20);
});

it("cuts the room's own texts before it goes over", () => {
  const long = room({ description: 'ü'.repeat(9_000), instructions: '😀'.repeat(2_000) });
  const cut = fitContext(context({ room: long }), CONTEXT_BYTES.min);
  expect(bytes(cut)).toBeLessThanOrEqual(CONTEXT_BYTES.min);
  expect(cut.left_out['room_text_bytes']).toBeGreaterThan(20_000);
  expect(cut.room.settings.agent_instructions).toMatch(/^(😀)*$/u);
});

it('stays within any budget, whatever is in the room', () => {
  const texts = fc.array(fc.string({ maxLength: 300, unit: 'grapheme' }), { maxLength: 60 });
  const budget = fc.integer({ min: CONTEXT_BYTES.min, max: 40_000 });
  fc.assert(
    fc.property(
      texts,
      texts,
      fc.string({ maxLength: 9_000, unit: 'grapheme' }),
      budget,
      (a, b, text, size) => {
        const full = context({
          room: room({ description: text, instructions: text }),
          decisions: a.map(decision),
          repository: { branches: [], recent_commits: [], files: b },
        });
        const cut = fitContext(full, size);
        expect(bytes(cut)).toBeLessThanOrEqual(size);
        expect(cut.decisions.length + (cut.left_out['decisions'] ?? 0)).toBe(a.length);
        expect(cut.repository.files.length + (cut.left_out['files'] ?? 0)).toBe(b.length);
      },
    ),
    { numRuns: 200 },
  );
});
