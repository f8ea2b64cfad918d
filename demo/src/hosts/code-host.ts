import type { Fates } from './fates.js';

/** A repository of files, as text. */
export type Files = Readonly<Record<string, string>>;

/** A code host on which the room's repository lives, and what people do there, past ClawTank. */
export interface CodeHost {
  /** What the server has to be told of it. */
  readonly env: Readonly<Record<string, string>>;
  /** How the room names its repository. */
  readonly repository: {
    readonly host: 'github' | 'gitlab';
    readonly full_name: string;
    readonly token: string;
  };
  /** Has the host send what happens to the server at this address. */
  tellTo(serverUrl: string): void;
  push(login: string, branch: string, files: Files): Promise<void>;
  openPull(login: string, branch: string, title: string): Promise<number>;
  approve(login: string, number: number): void;
  merge(login: string, number: number): Promise<void>;
  /** What became of the deliveries so far. */
  fates(): Fates;
  /** Resolves when nothing is on its way any more, what was late among it. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

export const MAIN = 'main';
export const FULL_NAME = 'acme/demo';
