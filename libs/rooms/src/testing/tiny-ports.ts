import { Injectable } from '@nestjs/common';
import type {
  Envelope,
  GitHostName,
  PublicRoomView,
  PullRequestView,
  RoomSnapshot,
  SpectatorSnapshot,
  TaskView,
} from '@clawtank/contracts';
import {
  type Audience,
  AudienceProjector,
  type LogTx,
  type StoredEvent,
  SYSTEM_ACTOR,
} from '@clawtank/events';
import { newId } from '@clawtank/kernel';
import {
  ClaimClock,
  DirectoryPart,
  ImportGate,
  RepositoryContext,
  RoomFinisher,
  SnapshotPart,
  SnapshotProjector,
  SystemLine,
} from '../application/ports.js';
import { fail } from '../domain/failures.js';
import { keyOfClaim, type NamedClaim } from '../domain/named-claim.js';

/** The smallest honest implementations of what other libs give to rooms, with what they were told. */
@Injectable()
export class TinyLine extends SystemLine {
  override say(tx: LogTx, roomId: string, text: string): Promise<void> {
    const data = { message_id: newId(), text, mentions: [], reply_to: null, origin: 'system' as const };
    tx.appendToRoom(roomId, { type: 'chat.message', actor: SYSTEM_ACTOR, data });
    return Promise.resolve();
  }
}

@Injectable()
export class TinyClock extends ClaimClock {
  readonly stopped = new Set<string>();
  readonly renewed: NamedClaim[] = [];

  override renewAll(_: LogTx, claims: readonly NamedClaim[]): Promise<ReadonlyMap<string, Date>> {
    this.renewed.push(...claims);
    const running = claims.filter(({ taskId }) => !this.stopped.has(taskId));
    return Promise.resolve(
      new Map(running.map((claim) => [keyOfClaim(claim), new Date('2030-01-01T00:00:00Z')])),
    );
  }

  override hold(_: LogTx, taskId: string): Promise<void> {
    this.stopped.add(taskId);
    return Promise.resolve();
  }

  override release(_: LogTx, taskId: string): Promise<void> {
    this.stopped.delete(taskId);
    return Promise.resolve();
  }
}

@Injectable()
export class TinyTasks extends SnapshotPart {
  tasks: TaskView[] = [];
  pullRequests: PullRequestView[] = [];

  override read(): Promise<{ tasks: TaskView[]; pull_requests: PullRequestView[] }> {
    return Promise.resolve({ tasks: this.tasks, pull_requests: this.pullRequests });
  }
}

@Injectable()
export class TinyFigures extends DirectoryPart {
  open = 0;
  complete = 0;

  override read(_: unknown, roomIds: readonly string[]) {
    const figures = { tasks_open: this.open, tasks_complete: this.complete };
    return Promise.resolve(new Map(roomIds.map((id) => [id, figures])));
  }
}

@Injectable()
export class TinyProjector extends SnapshotProjector {
  override toSpectator(snapshot: RoomSnapshot, room: PublicRoomView): SpectatorSnapshot {
    return {
      room,
      members: snapshot.members.map(({ user, role }) => ({ user, role })),
      agents: [],
      tasks: [],
      messages: [],
      leases: [],
      pull_requests: [],
      conflicts: [],
      xp: [],
      decisions: [],
      cursor: snapshot.cursor,
      epoch: snapshot.epoch,
    };
  }
}

/** Strangers are shown that a room moved, and nothing else. */
@Injectable()
export class TinyAudience extends AudienceProjector {
  override project(event: StoredEvent, audience: Audience): Envelope | null {
    return audience === 'member' || event.type === 'room.state_changed' ? event : null;
  }
}

@Injectable()
export class TinyRepository extends RepositoryContext {
  files: string[] = [];

  override read() {
    return Promise.resolve({ branches: [], recent_commits: [], files: this.files });
  }
}

@Injectable()
export class TinyGate extends ImportGate {
  override check(url: string): Promise<void> {
    if (url.startsWith('https://')) return Promise.resolve();
    throw fail('input.invalid', {});
  }

  override admit(host: GitHostName): void {
    if (host !== 'local') throw fail('repository.host_unavailable', { host });
  }

  override keepToken(): Promise<void> {
    return Promise.resolve();
  }

  override letGo(): Promise<void> {
    return Promise.resolve();
  }
}

@Injectable()
export class TinyFinisher extends RoomFinisher {
  readonly merged: string[] = [];
  readonly tagged: string[] = [];
  /** What happens while git is at work. */
  meanwhile: () => Promise<void> = () => Promise.resolve();

  override async mergeApproved(roomId: string): Promise<void> {
    this.merged.push(roomId);
    await this.meanwhile();
  }

  override finish(roomId: string): Promise<{ tagSha: string | null }> {
    this.tagged.push(roomId);
    return Promise.resolve({ tagSha: null });
  }
}
