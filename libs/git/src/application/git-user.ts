import { Injectable } from '@nestjs/common';
import { TokenVerifier } from '@clawtank/auth';
import type { Caller } from '@clawtank/commands';
import { actorOf } from '@clawtank/commands';
import type { Actor } from '@clawtank/contracts';
import { Database, type Tx } from '@clawtank/database';
import { SYSTEM_ACTOR } from '@clawtank/events';
import { findSetupCredential, requireMember, viewRoom } from '@clawtank/rooms';
import { type CredentialClaim, findClaimCredential } from '@clawtank/tasks';
import { findRoomId } from '../persistence/rooms.js';

/** Who speaks git to a room's repository, and as what. */
export type GitUser =
  | {
      readonly kind: 'claim';
      readonly roomId: string;
      readonly actor: Actor;
      readonly claim: CredentialClaim;
    }
  | { readonly kind: 'setup'; readonly roomId: string; readonly actor: Actor }
  /** May clone and fetch. */
  | { readonly kind: 'reader'; readonly roomId: string; readonly actor: Actor };

export interface GitCredentials {
  readonly username: string;
  readonly password: string;
  /** The network address it comes from. */
  readonly address: string;
}

const SETUP_USER = 'setup';
/** Access tokens are JWTs; claim passwords are not, so that neither is looked up as the other. */
const isJwt = (text: string): boolean => text.split('.').length === 3;

/** Finds out who a Basic credential belongs to. */
@Injectable()
export class GitUsers {
  constructor(
    private readonly database: Database,
    private readonly tokens: TokenVerifier,
  ) {}

  /**
   * @returns undefined for a claim's or a set-up's credential that is wrong, whether or not the room exists
   * @throws auth failures for a bad access token; room.not_found and room.members_only for who may not see the code
   */
  async identify(slug: string, credentials: GitCredentials): Promise<GitUser | undefined> {
    const { username, password, address } = credentials;
    if (isJwt(password)) {
      const { caller } = await this.tokens.verify(password, address);
      return this.database.transaction((tx) => asReader(tx, slug, caller));
    }
    return this.database.transaction((tx) =>
      username === SETUP_USER ? asSetup(tx, slug, password) : asClaimant(tx, slug, credentials),
    );
  }
}

async function asReader(tx: Tx, slug: string, caller: Caller): Promise<GitUser> {
  const sight = await viewRoom(tx, caller, slug);
  const { room } = sight;
  const openCode = room.visibility === 'public' && room.settings.public_code;
  if (!openCode) requireMember(sight);
  return { kind: 'reader', roomId: room.id, actor: actorOf(caller) };
}

async function asSetup(tx: Tx, slug: string, password: string): Promise<GitUser | undefined> {
  const found = await findSetupCredential(tx, slug, password);
  return found && { kind: 'setup', roomId: found.roomId, actor: SYSTEM_ACTOR };
}

/** Whoever was removed from the room since the claim holds it no more, says the lib of tasks. */
async function asClaimant(
  tx: Tx,
  slug: string,
  { username, password }: GitCredentials,
): Promise<GitUser | undefined> {
  const roomId = await findRoomId(tx, slug);
  const claim = roomId && (await findClaimCredential(tx, { roomId, username, password }));
  if (!roomId || !claim) return undefined;
  const { kind, id, name } = claim.claimant;
  return { kind: 'claim', roomId, actor: { kind, id, name }, claim };
}
