import type {
  Envelope,
  MemberEvent,
  RoomSnapshot,
  SpectatorEvent,
  SpectatorSnapshot,
} from '@clawtank/contracts';
import { roomStream } from '@clawtank/contracts';
import { AudienceProjector, isEvent, LogReader, type StoredEvent } from '@clawtank/events';
import {
  asMember,
  asStranger,
  foldedMember,
  foldedStranger,
} from '../../../../libs/platform/test/model/folds.js';
import { fieldAt, type Person } from '../test-gateway.js';
import type { Acked, World } from './world.js';

/** The log as it stands now, from the first event to the last. */
async function logOf({ stage, roomId }: World): Promise<readonly StoredEvent[]> {
  const reader = stage.steady.app.get(LogReader, { strict: false });
  const events: StoredEvent[] = [];
  for (;;) {
    const stretch = await reader.read(roomStream(roomId), events.length, 500);
    if ('resync' in stretch) throw new Error(`the log says ${stretch.resync.reason}`);
    if (stretch.events.length === 0) return events;
    events.push(...stretch.events);
  }
}

const seqOf = ({ data }: Acked): number => Number(fieldAt(data, 'seq'));

/** What stands in the log under a message's number, unless it was redacted since. */
function expectSaid(log: readonly StoredEvent[], acked: Acked): void {
  const event = log[seqOf(acked) - 1];
  expect(event).toMatchObject({ seq: seqOf(acked), type: 'chat.message', actor: { id: acked.actorId } });
  const id = fieldAt(acked.data, 'message_id');
  if (event && !fieldAt(event.data, 'redacted')) expect(fieldAt(event.data, 'message_id')).toBe(id);
}

/** Each acknowledged command is in the log, where its sender was told, and each id has had one effect. */
export async function expectEachOnce(world: World): Promise<void> {
  const log = await logOf(world);
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
  const firsts = new Map<string, Acked>();
  for (const acked of world.acked) {
    const first = firsts.get(acked.commandId);
    if (first) expect(acked.data).toEqual(first.data);
    else firsts.set(acked.commandId, acked);
  }
  const by = (name: string): Acked[] => [...firsts.values()].filter((acked) => acked.name === name);
  for (const acked of by('chat.send')) expectSaid(log, acked);
  const seqs = by('chat.send').map(seqOf);
  expect(new Set(seqs).size).toBe(seqs.length);
  const count = (type: string, change?: string): number =>
    log.filter((event) => event.type === type && (!change || fieldAt(event.data, 'change') === change))
      .length;
  const lines = log.filter(
    ({ type, actor, seq }) => type === 'chat.message' && actor.kind === 'human' && seq > world.begins,
  );
  expect(lines.map(({ seq }) => seq)).toEqual([...seqs].sort((a, b) => a - b));
  expect(count('chat.edited')).toBe(by('chat.edit').length);
  expect(count('chat.deleted')).toBe(by('chat.delete').length);
  expect(count('task.created')).toBe(by('task.create').length);
  expect(count('task.update', 'claimed')).toBe(by('task.claim').length);
  expect(count('task.update', 'released')).toBe(by('task.release').length);
  const rows = await world.stage.steady.database.query<{ command_id: string }>(
    'SELECT command_id FROM command_results WHERE command_id = ANY($1)',
    [[...firsts.keys()]],
  );
  expect(rows).toHaveLength(firsts.size);
}

const bytes = (envelope: Envelope | null | undefined): string => JSON.stringify(envelope);

/** What somebody is shown of the log now; of what was redacted only its place is still known. */
function expectShown(
  world: World,
  log: readonly StoredEvent[],
  person: Person | null,
  heard: readonly Envelope[],
) {
  const projector = world.stage.steady.app.get(AudienceProjector, { strict: false });
  const told = new Map(heard.map((envelope) => [envelope.seq, envelope]));
  expect(told.size).toBe(heard.length);
  const [first, last] = [heard[0]?.seq ?? 1, heard.at(-1)?.seq ?? 0];
  for (const event of log.slice(first - 1, last)) {
    const shown = projector.project(event, person ? 'member' : 'spectator');
    const envelope = told.get(event.seq);
    if (shown && envelope && fieldAt(shown.data, 'redacted')) {
      expect({ ...envelope, data: null }).toEqual({ ...shown, data: null });
    } else expect(bytes(envelope)).toBe(bytes(shown ?? undefined));
  }
}

/** Everybody has been shown everything from where they joined, as the log has it for them. */
export async function expectAllShown(world: World): Promise<void> {
  const log = await logOf(world);
  for (const { person, envelopes, problem, first } of world.readers) {
    expect(problem).toBeUndefined();
    const heard = envelopes.filter(({ seq }) => seq <= log.length);
    expectShown(world, log, person, heard);
    const projector = world.stage.steady.app.get(AudienceProjector, { strict: false });
    const due = log.filter(
      (event) => event.seq > first.cursor && projector.project(event, person ? 'member' : 'spectator'),
    );
    expect(heard.map(({ seq }) => seq)).toEqual(due.map(({ seq }) => seq));
  }
  for (const { person, envelopes } of world.reread) expectShown(world, log, person, envelopes);
}

/** The first snapshot and everything heard since are the room as it is now. */
export async function expectFolded(world: World): Promise<void> {
  for (const { person, envelopes, first } of world.readers) {
    const now = await world.look(person);
    const heard = envelopes.filter(({ seq }) => seq <= now.cursor);
    if (person) {
      expect(foldedMember(first as RoomSnapshot, heard as MemberEvent[])).toEqual(
        asMember(now as RoomSnapshot),
      );
    } else {
      expect(foldedStranger(first as SpectatorSnapshot, heard as SpectatorEvent[])).toEqual(
        asStranger(now as SpectatorSnapshot),
      );
    }
  }
}

/** Nothing that was redacted is still anywhere in the log. */
export async function expectForgotten(world: World): Promise<void> {
  const log = await logOf(world);
  for (const event of log) {
    if (!isEvent(event, 'redaction') || 'redacted' in event.data) continue;
    expect(log[event.data.seq - 1]?.data).toEqual({ redacted: true });
  }
}
