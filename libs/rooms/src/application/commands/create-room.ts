import { type GitCredential, type RoomCreateInput, type RoomView, roomStream } from '@clawtank/contracts';
import { findUser, userView } from '@clawtank/auth';
import {
  actorOf,
  type Caller,
  type CommandContext,
  CommandHandler,
  type StagedCommand,
  type StagedContext,
} from '@clawtank/commands';
import type { LogTx } from '@clawtank/events';
import { invariant, newId, randomSuffix } from '@clawtank/kernel';
import { planRepository, type RepositoryPlan } from '../../domain/repository-plan.js';
import { changedSettings, DEFAULT_SETTINGS } from '../../domain/room-settings.js';
import { slugFrom } from '../../domain/slug.js';
import { insertRoom, type NewRoom } from '../../persistence/new-room.js';
import { insertRepositoryRequest } from '../../persistence/repository-requests.js';
import { RoomCreateBody } from '../inputs/room-inputs.js';
import { ImportGate } from '../ports.js';
import { requirePerson } from '../require-person.js';
import { roomView } from '../room-view.js';
import { issueSetupCredential } from '../setup-credential.js';
import { triggerRoom } from '../trigger-room.js';

const SUFFIX_CHARS = 6;

/**
 * Makes a room and asks for its repository; the set-up itself goes on after the answer. Staged, because
 * looking up where an import leads takes as long as a name server does.
 */
@CommandHandler('room.create', RoomCreateBody, { staged: true, secretReply: 'git_credential' })
export class CreateRoom implements StagedCommand<'room.create', RepositoryPlan> {
  constructor(private readonly gate: ImportGate) {}

  authorise({ caller }: CommandContext, input: RoomCreateInput): Promise<RepositoryPlan> {
    requirePerson(caller);
    return Promise.resolve(planRepository(input.repository));
  }

  async run(
    context: StagedContext,
    input: RoomCreateInput,
    plan: RepositoryPlan,
  ): Promise<{ room: RoomView; git_credential?: GitCredential }> {
    const { caller } = context;
    const token = input.repository?.token;
    if (plan.url !== null) await this.gate.check(plan.url);
    this.gate.admit(plan.host, { own: token !== undefined, isAdmin: caller.isAdmin });
    return context.finish(async (tx) => {
      const created = await create(tx, caller, input, plan);
      if (token !== undefined) await this.gate.keepToken(tx, created.room.id, token);
      return created;
    });
  }
}

async function create(
  tx: LogTx,
  caller: Caller,
  input: RoomCreateInput,
  plan: RepositoryPlan,
): Promise<{ room: RoomView; git_credential?: GitCredential }> {
  const room = newRoom(input, plan);
  await tx.openStream(roomStream(room.id));
  await tx.lockRoom(room.id);
  await insertRoom(tx, room, caller.id);
  await insertRepositoryRequest(tx, room.id, plan);
  const host = await findUser(tx, caller.id);
  invariant(host, 'a caller is a user');
  const { name, slug, description, visibility } = room;
  const data = { name, slug, description, visibility, host: userView(host) };
  tx.appendToRoom(room.id, { type: 'room.created', actor: actorOf(caller), data });
  const begun = await triggerRoom(tx, room, 'setup_started', actorOf(caller));
  const view = await roomView(tx, begun);
  return plan.source === 'push'
    ? { room: view, git_credential: await issueSetupCredential(tx, room) }
    : { room: view };
}

function newRoom(input: RoomCreateInput, plan: RepositoryPlan): NewRoom {
  return {
    id: newId(),
    slug: slugFrom(input.name, randomSuffix(SUFFIX_CHARS)),
    name: input.name,
    description: input.description ?? '',
    visibility: input.visibility,
    state: 'creating',
    settings: changedSettings(DEFAULT_SETTINGS, input.settings ?? {}),
    repositoryHost: plan.host,
  };
}
