import fc from 'fast-check';
import type { EventType } from '@clawtank/contracts';
import { isEvent, type StoredEvent } from '@clawtank/events';
import { WireEvent } from '@clawtank/events/testing';
import { EVENT_AUDIENCES } from './domain/event-audiences.js';
import { TableProjector } from './table-projector.js';
import { SAMPLE_EVENT_DATA } from './testing/event-data.js';
import { leaves, leafPaths } from './testing/leaves.js';
import { ALL, PRIVATE_FIELDS } from './testing/private-fields.js';

const projector = new TableProjector();
const TYPES = Object.keys(EVENT_AUDIENCES) as EventType[];
const STREAM = 'room:018f4f6e-1b2c-7d3e-8f4a-5b6c7d8e9f0a';

const anEvent = (type: EventType, overrides: Partial<StoredEvent> = {}): StoredEvent => ({
  id: '018f4f6e-1b2c-7d3e-8f4a-000000000001',
  stream: STREAM,
  room_id: STREAM.slice(5),
  seq: 7,
  type,
  at: '2031-01-01T00:00:00.000Z',
  actor: { kind: 'human', id: 'u1', name: 'Ada' },
  data: SAMPLE_EVENT_DATA[type],
  ...overrides,
});

const privatePaths = (type: EventType): readonly string[] => {
  const declared = PRIVATE_FIELDS[type];
  return declared === ALL ? leafPaths(SAMPLE_EVENT_DATA[type]) : declared;
};

/** The planted texts and numbers; a yes or an enumerated word can't be told apart from others. */
const secretsOf = (type: EventType): readonly string[] =>
  leaves(SAMPLE_EVENT_DATA[type])
    .filter(({ path }) => privatePaths(type).includes(path))
    .map(({ value }) => String(value))
    .filter((text) => text.startsWith('planted<') || /^9\d{8}$/.test(text));

describe.each(TYPES)('%s', (type) => {
  const member = projector.project(anEvent(type), 'member');
  const spectator = projector.project(anEvent(type), 'spectator');

  it('shows members everything', () => {
    expect(member?.data).toEqual(SAMPLE_EVENT_DATA[type]);
    for (const secret of secretsOf(type)) expect(JSON.stringify(member)).toContain(secret);
  });

  it('reaches members as the text that was written, strangers never', () => {
    const text = new WireEvent(STREAM, 7, type, JSON.stringify(anEvent(type))).asEvent();
    expect(JSON.parse(JSON.stringify(projector.show(text, 'member')))).toEqual(member);
    const shown = projector.show(text, 'spectator');
    expect(shown).not.toBeInstanceOf(WireEvent);
    expect(shown).toEqual(spectator);
  });

  it('shows strangers no secret', () => {
    for (const secret of secretsOf(type)) expect(JSON.stringify(spectator)).not.toContain(secret);
  });

  it('shows strangers every field that is not private, and no other', () => {
    const open = leafPaths(SAMPLE_EVENT_DATA[type]).filter((path) => !privatePaths(type).includes(path));
    expect(spectator === null ? [] : leafPaths(spectator.data)).toEqual(open);
    expect(spectator === null).toBe(PRIVATE_FIELDS[type] === ALL);
  });

  it('copies no field that the form does not name, at any depth', () => {
    const seen = projector.project(
      anEvent(type, { data: withIntruders(SAMPLE_EVENT_DATA[type]) }),
      'spectator',
    );
    expect(JSON.stringify(seen)).not.toContain('intruder');
  });

  it('has no spectator form in a stream of one’s own', () => {
    const own = anEvent(type, { stream: 'user:018f4f6e-1b2c-7d3e-8f4a-5b6c7d8e9f0b' });
    expect(projector.project(own, 'spectator')).toBeNull();
    expect(projector.project(own, 'member')?.data).toEqual(SAMPLE_EVENT_DATA[type]);
  });

  it('says only that it was redacted, and to strangers only where they saw it', () => {
    const redacted = anEvent(type, { data: { redacted: true } });
    expect(projector.project(redacted, 'member')?.data).toEqual({ redacted: true });
    expect(projector.project(redacted, 'spectator')?.data).toEqual(
      PRIVATE_FIELDS[type] === ALL ? undefined : { redacted: true },
    );
  });
});

describe('the projector', () => {
  it('plants a secret in at least one field of every type that hides something', () => {
    const without = TYPES.filter((type) => privatePaths(type).length > 0 && secretsOf(type).length === 0);
    // What these hide is one word of a short list.
    expect(without).toEqual(['room.created', 'room.member_left', 'agent.left']);
  });

  it('hides an event of an unknown type from everyone', () => {
    const unknown = { ...anEvent('chat.message'), type: 'chat.invented' as EventType };
    expect(projector.project(unknown, 'member')).toBeNull();
    expect(projector.project(unknown, 'spectator')).toBeNull();
  });

  it.each(['__proto__', 'constructor', 'toString'])('knows no type %s', (type) => {
    expect(projector.project(anEvent(type as EventType, { data: {} as never }), 'member')).toBeNull();
  });

  it('keeps number, time and actor, and of the actor only kind, id and name', () => {
    const actor = { kind: 'human' as const, id: 'u1', name: 'Ada', email: 'ada@example.org' };
    expect(projector.project(anEvent('chat.deleted', { actor }), 'spectator')).toEqual({
      ...anEvent('chat.deleted'),
      actor: { kind: 'human', id: 'u1', name: 'Ada' },
    });
  });

  it('leaves absent what is absent, and null what is null', () => {
    const event = anEvent('task.update');
    if (!isEvent(event, 'task.update')) throw new Error('not a task.update');
    const { edited: _, progress: __, ...rest } = event.data;
    const seen = projector.project({ ...event, data: { ...rest, assignee: null } }, 'spectator');
    expect(seen?.data).toEqual({
      task_id: rest.task_id,
      key: rest.key,
      change: rest.change,
      status: rest.status,
      assignee: null,
      branch: rest.branch,
    });
  });
});

it('is shown to nobody where the type is unknown, as text neither', () => {
  const unknown = new WireEvent(STREAM, 7, 'from.tomorrow' as EventType, '{"data":{}}').asEvent();
  for (const audience of ['member', 'spectator'] as const) {
    expect(projector.show(unknown, audience)).toBeNull();
  }
});

describe('with generated data', () => {
  const anyType = fc.constantFrom(...TYPES);

  it('shows strangers no value from a private or undeclared field', () => {
    const scenario = anyType.chain((type) =>
      fc.record({ type: fc.constant(type), data: dataLike(SAMPLE_EVENT_DATA[type], privatePaths(type)) }),
    );
    fc.assert(
      fc.property(scenario, ({ type, data }) => {
        const shown = JSON.stringify(projector.project(anEvent(type, { data: data as never }), 'spectator'));
        expect(shown).not.toContain('secret-');
      }),
      { numRuns: 1_000 },
    );
  });

  it('shows only declared paths, whatever the data is', () => {
    fc.assert(
      fc.property(anyType, fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (type, extra, odd) => {
        const keys = Object.keys(SAMPLE_EVENT_DATA[type]);
        const data = { ...extra, ...Object.fromEntries(keys.map((key) => [key, odd])) };
        const seen = projector.project(anEvent(type, { data: data as never }), 'spectator');
        const open = leafPaths(SAMPLE_EVENT_DATA[type]).filter((path) => !privatePaths(type).includes(path));
        // A value of the wrong shape shows as null or an empty list at a declared path, or above one.
        for (const path of seen === null ? [] : leafPaths(seen.data)) {
          expect(open.some((allowed) => allowed === path || allowed.startsWith(`${path}.`))).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

function withIntruders<T>(value: T): T {
  return graft(value) as T;
}

function graft(value: unknown): unknown {
  if (Array.isArray(value)) return [...value.map(graft), { intruder: 'intruder' }];
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([key, child]): [string, unknown] => [key, graft(child)]);
  return { ...Object.fromEntries(fields), intruder: 'intruder', email: { address: 'intruder@example.org' } };
}

/** Data in the shape of the sample: open fields get any text, private and undeclared ones a secret. */
function dataLike(sample: unknown, secret: readonly string[], path = ''): fc.Arbitrary<unknown> {
  if (Array.isArray(sample)) return fc.array(dataLike(sample[0], secret, path), { maxLength: 3 });
  if (typeof sample !== 'object' || sample === null) {
    return fc
      .string()
      .map((text) => (secret.includes(path) ? `secret-${text}` : text.replaceAll('secret-', '')));
  }
  const fields = Object.entries(sample).map(([key, child]): [string, fc.Arbitrary<unknown>] => [
    key,
    dataLike(child, secret, path ? `${path}.${key}` : key),
  ]);
  const known = fc.record(Object.fromEntries(fields), { requiredKeys: [] });
  const undeclared = fc.dictionary(fc.string({ minLength: 8 }), fc.constant('secret-undeclared'));
  return fc.tuple(undeclared, known).map(([extra, own]) => ({ ...extra, ...own }));
}
