import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Database } from '@clawtank/database';
import { bootGateway, type TestGateway } from '../test-gateway.js';

const TERMINATE = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND application_name = $1`;

/** A gateway that can be ended from one moment to the next. */
export class Node {
  private readonly connections = new Set<Socket>();

  private constructor(
    private readonly name: string,
    readonly gateway: TestGateway,
  ) {
    const server: Server = gateway.app.getHttpServer();
    server.on('connection', (socket: Socket) => {
      this.connections.add(socket);
      socket.once('close', () => this.connections.delete(socket));
    });
  }

  static async boot(env: Readonly<Record<string, string>>, name: string): Promise<Node> {
    const url = new URL(env['DATABASE_URL'] ?? '');
    url.searchParams.set('application_name', name);
    return new Node(name, await bootGateway({ ...env, DATABASE_URL: url.href }));
  }

  /**
   * What the world sees of `kill -9`: the database rolls back what was not committed and answers nothing that was, and
   * every client's connection is gone, whatever was on its way in either direction.
   */
  async kill(database: Database): Promise<void> {
    for (const socket of this.connections) socket.destroy();
    const left =
      'SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1';
    const gone = async (): Promise<boolean> => (await database.query(left, [this.name])).length === 0;
    // A connection that learns of its end while it is being closed says so to nobody, which ends the whole process.
    do await database.query(TERMINATE, [this.name]);
    while (!(await gone()));
    await this.gateway.close();
  }
}
