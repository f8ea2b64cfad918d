import { Logger } from '@nestjs/common';
import type { ByeCode, Signal } from '@clawtank/contracts';
import { type Bus, type LogTx, signalChannel } from '@clawtank/events';

/** Where gateways hear whom to send away. News on it may be lost, as all news. */
export const SESSIONS_CHANNEL = 'clawtank:sessions';

/** Sessions to say `bye` to, or a room whose readers are to be looked at again. */
export type SessionNotice =
  | { readonly session_id: string; readonly code: ByeCode }
  /** Every session of a person and their agents, or of one agent. */
  | { readonly principal_id: string; readonly code: ByeCode }
  | { readonly room_id: string; readonly ended: 'deleted' | 'private' };

const log = new Logger('SessionNotices');

/** Publishes once the transaction has committed. */
export function noticeAfterCommit(tx: LogTx, bus: Bus, notice: SessionNotice): void {
  tx.afterCommit(() => {
    bus.publish(SESSIONS_CHANNEL, JSON.stringify(notice)).catch((error: unknown) => {
      log.warn(`notice was not published: ${String(error)}`);
    });
  });
}

/** Sends an ephemeral signal to everyone who reads the stream, once the transaction has committed. */
export function signalAfterCommit(tx: LogTx, bus: Bus, stream: string, signal: Signal): void {
  tx.afterCommit(() => {
    bus.publish(signalChannel(stream), JSON.stringify(signal)).catch((error: unknown) => {
      log.warn(`signal was not published: ${String(error)}`);
    });
  });
}
