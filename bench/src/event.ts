import { randomUUID } from 'node:crypto';

const TEXT = 'The lexer keeps its line numbers now; the parser may count on them. '.repeat(2);

/** A message of a room as every server of the comparison sends it, about 500 bytes on the wire. */
export const anEvent = (stream: string, seq: number) => {
  const id = randomUUID();
  return {
    id,
    stream,
    room_id: stream.slice('room:'.length),
    seq,
    type: 'chat.message' as const,
    at: new Date().toISOString(),
    actor: { kind: 'human' as const, id: 'mira', name: 'mira' },
    data: { message_id: id, text: TEXT, mentions: [], reply_to: null, origin: 'member' as const },
  };
};
export const aText = (): string => TEXT;
