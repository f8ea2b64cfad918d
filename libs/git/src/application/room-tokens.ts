import { Injectable } from '@nestjs/common';
import { SealedSecrets } from '@clawtank/auth';
import { Database, type Tx } from '@clawtank/database';
import { findRepositoryRequest } from '@clawtank/rooms';
import { allTokens, findToken, resealToken, saveToken } from '../persistence/host-connections.js';
import { findRemovalLink, removalTokens, resealRemoval } from '../persistence/hook-removals.js';
import { type HostLink, HostLinks } from './host-links.js';

/** Everywhere that tokens of rooms are kept. */
const KEPT = [
  { all: allTokens, reseal: resealToken },
  { all: removalTokens, reseal: resealRemoval },
];

const about = (roomId: string): string => `git token of ${roomId}`;

/** Tokens of rooms' own, which nobody but the host of their repository is ever shown. */
@Injectable()
export class RoomTokens {
  constructor(
    private readonly secrets: SealedSecrets,
    private readonly database: Database,
  ) {}

  async keep(tx: Tx, roomId: string, token: string): Promise<void> {
    const box = await this.secrets.box();
    await saveToken(tx, roomId, box.seal(token, about(roomId)));
  }

  /** Null where the room has none, or one that no key of ours opens any more. */
  async find(tx: Tx, roomId: string): Promise<string | null> {
    const sealed = await findToken(tx, roomId);
    return sealed === undefined ? null : this.open(roomId, sealed);
  }

  /** Null when no key of ours opens it any more. */
  async open(roomId: string, sealed: string): Promise<string | null> {
    const box = await this.secrets.box();
    return box.open(sealed, about(roomId)) ?? null;
  }

  /** Seals everything with the newest key, so that the one before it may go. */
  async reseal(): Promise<void> {
    const box = await this.secrets.box();
    await this.database.transaction(async (tx) => {
      for (const { all, reseal } of KEPT) {
        for (const { room_id: roomId, sealed } of await all(tx)) {
          const token = box.isFresh(sealed) ? undefined : box.open(sealed, about(roomId));
          if (token !== undefined) await reseal(tx, roomId, sealed, box.seal(token, about(roomId)));
        }
      }
    });
  }
}

/** The links of rooms, by their ids. */
@Injectable()
export class RoomLinks extends HostLinks {
  constructor(
    private readonly tokens: RoomTokens,
    private readonly database: Database,
  ) {
    super();
  }

  find(id: string): Promise<HostLink | undefined> {
    return this.database.transaction(async (tx) => {
      const request = await findRepositoryRequest(tx, id);
      if (!request) return this.ofRemoval(tx, id);
      if (request.fullName === null) return undefined;
      return { fullName: request.fullName, token: await this.tokens.find(tx, id) };
    });
  }

  /** A room that is gone may have left something to be taken back. */
  private async ofRemoval(tx: Tx, id: string): Promise<HostLink | undefined> {
    const left = await findRemovalLink(tx, id);
    if (!left) return undefined;
    return { fullName: left.fullName, token: left.sealed && (await this.tokens.open(id, left.sealed)) };
  }
}
