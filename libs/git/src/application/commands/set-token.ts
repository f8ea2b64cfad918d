import type { CommandReplyOf, GitSetTokenInput } from '@clawtank/contracts';
import {
  type CommandContext,
  CommandHandler,
  type StagedCommand,
  type StagedContext,
} from '@clawtank/commands';
import { invariant } from '@clawtank/kernel';
import { enterRoom, findRepositoryRequest } from '@clawtank/rooms';
import { fail } from '../../domain/failures.js';
import type { WebhookProvider } from '../../domain/webhook-provider.js';
import { HostedHosts } from '../../hosted/hosted-hosts.js';
import { canPush } from '../../hosted/can-push.js';
import { renewConnection } from '../../persistence/connections.js';
import { ConnectionViews } from '../connection-view.js';
import { RoomTokens } from '../room-tokens.js';
import { GitSetTokenBody } from './inputs.js';

interface Connected {
  readonly roomId: string;
  readonly provider: WebhookProvider;
  readonly fullName: string;
}

/** Replaces what opens a room's hosted repository. The host is asked first: a token that opens nothing is not taken. */
@CommandHandler('git.set_token', GitSetTokenBody, { staged: true })
export class SetToken implements StagedCommand<'git.set_token', Connected> {
  constructor(
    private readonly hosts: HostedHosts,
    private readonly tokens: RoomTokens,
    private readonly views: ConnectionViews,
  ) {}

  async authorise({ tx, caller }: CommandContext, { room_id: id }: GitSetTokenInput): Promise<Connected> {
    const { room } = await enterRoom(tx, caller, id, { standing: 'host' });
    const request = await findRepositoryRequest(tx, room.id);
    if (!request || request.host === 'local' || request.fullName === null) throw fail('host.not_hosted', {});
    return { roomId: room.id, provider: request.host, fullName: request.fullName };
  }

  async run(
    context: StagedContext,
    { token }: GitSetTokenInput,
    { roomId, provider, fullName }: Connected,
  ): Promise<CommandReplyOf<'git.set_token'>> {
    const forge = this.hosts.forgeWith(provider, { fullName, token });
    await forge.repository(roomId);
    if (!(await canPush(await forge.gitEntrance(roomId), forge.name)))
      throw fail('host.lacks_permission', {
        who: 'The token',
        permission: 'contents: write',
        repository: fullName,
      });
    return context.finish(async (tx) => {
      await this.tokens.keep(tx, roomId, token);
      await renewConnection(tx, roomId);
      const connection = await this.views.of(tx, roomId);
      invariant(connection, 'a room that has a token is on a code host');
      return { connection };
    });
  }
}
