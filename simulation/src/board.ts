import { type ClawTankClient, foldRoom, type RoomStream } from '@clawtank/agent-sdk';
import type { RoomSnapshot, TaskView } from '@clawtank/contracts';

/** The room as it is now, read once from its host's stream for everybody who plays in it. */
export class Board {
  private readonly waiting: (() => void)[] = [];
  private reading: Promise<void> | undefined;

  private constructor(
    private readonly stream: RoomStream,
    private current: RoomSnapshot,
  ) {}

  static async join(client: ClawTankClient, roomId: string): Promise<Board> {
    const stream = await client.room(roomId).join();
    const board = new Board(stream, stream.snapshot);
    board.reading = board.read();
    return board;
  }

  get room(): RoomSnapshot {
    return this.current;
  }

  get head(): string {
    return this.current.room.repository.head_sha ?? '';
  }

  task(id: string): TaskView | undefined {
    return this.current.tasks.find((task) => task.id === id);
  }

  /** Resolves with the next change, or when that takes too long. */
  async changed(limitMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, limitMs);
      this.waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  async close(): Promise<void> {
    this.stream.close();
    await this.reading;
  }

  private async read(): Promise<void> {
    const begin = (snapshot: RoomSnapshot): void => void (this.current = snapshot);
    for await (const event of this.stream.events({ onResync: begin })) {
      this.current = foldRoom(this.current, event);
      for (const wake of this.waiting.splice(0)) wake();
    }
  }
}
