import { SAMPLE_PUBLIC_ROOM, SAMPLE_SNAPSHOT } from './testing/room-snapshot.js';
import { leafPaths, leaves } from './testing/leaves.js';
import { PRIVATE_SNAPSHOT_FIELDS } from './testing/private-fields.js';
import { TableSnapshotProjector } from './table-snapshot-projector.js';

const shown = new TableSnapshotProjector().toSpectator(SAMPLE_SNAPSHOT, SAMPLE_PUBLIC_ROOM);
const isPrivate = (path: string): boolean => PRIVATE_SNAPSHOT_FIELDS.includes(path);

const secrets = leaves(SAMPLE_SNAPSHOT)
  .filter(({ path }) => isPrivate(path))
  .map(({ path, value }): [string, string] => [path, String(value)])
  .filter(([, text]) => text.startsWith('planted<') || /^9\d{8}$/.test(text));

describe('a snapshot for spectators', () => {
  it.each(secrets)('keeps %s from strangers', (_path, secret) => {
    expect(JSON.stringify(SAMPLE_SNAPSHOT)).toContain(secret);
    expect(JSON.stringify(shown)).not.toContain(secret);
  });

  it('shows every other field, and no more', () => {
    const open = leafPaths(SAMPLE_SNAPSHOT).filter((path) => !isPrivate(path) && !path.startsWith('room.'));
    const room = leafPaths(SAMPLE_PUBLIC_ROOM, 'room');
    expect(leafPaths(shown)).toEqual([...open, ...room].sort());
  });

  it('takes the room from the public directory, not from the members’ view', () => {
    expect(shown.room).toEqual(SAMPLE_PUBLIC_ROOM);
  });

  it('names only fields that the members’ snapshot really has', () => {
    const known = leafPaths(SAMPLE_SNAPSHOT);
    expect(PRIVATE_SNAPSHOT_FIELDS.filter((path) => !known.includes(path))).toEqual([]);
  });
});
