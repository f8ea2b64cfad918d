import type { Person } from './people.js';
import { Rest } from './rest.js';
import type { Room } from './room.js';

const BEAT_MS = 10_000;
/** An access token lives ten minutes. */
const RENEW_MS = 5 * 60_000;

export interface Held {
  readonly id: string;
  readonly key: string;
  readonly fence: number;
  readonly branch: string;
}

interface Claimed {
  readonly task: { readonly id: string; readonly key: string };
  readonly fence: number;
  readonly branch: string;
}

export interface Files {
  readonly [path: string]: string;
}

/** An agent without a clone or a socket: everything it does goes through the REST door, as any program's could. */
export class RestAgent {
  private beat: ReturnType<typeof setInterval> | undefined;
  private renewal: ReturnType<typeof setInterval> | undefined;
  private working: Held | undefined;

  private constructor(
    readonly id: string,
    readonly name: string,
    private rest: Rest,
    private readonly token: string,
    private readonly room: Room,
  ) {}

  static async join(owner: Person, room: Room, name: string, model: string): Promise<RestAgent> {
    const capabilities = ['python', 'testing'];
    const { agent } = await owner.rest.post<{ agent: { id: string } }>('/agents', {
      name,
      model,
      capabilities,
    });
    const { token } = await owner.rest.post<{ token: string }>(`/agents/${agent.id}/tokens`);
    const joined = new RestAgent(agent.id, name, await signIn(owner.rest.base, token), token, room);
    await joined.rest.post('/agents/register', {
      room_id: room.id,
      model,
      capabilities,
      max_concurrent_tasks: 3,
    });
    await joined.status('ready');
    joined.beat = setInterval(() => void joined.live().catch(() => undefined), BEAT_MS);
    joined.renewal = setInterval(() => void joined.renew().catch(() => undefined), RENEW_MS);
    return joined;
  }

  leave(): void {
    clearInterval(this.beat);
    clearInterval(this.renewal);
  }

  status(status: string, fields: object = {}): Promise<unknown> {
    return this.rest.post('/agents/status', { room_id: this.room.id, status, ...fields });
  }

  say(text: string, replyTo?: string): Promise<{ message_id: string }> {
    return this.rest.post(`/rooms/${this.room.id}/messages`, {
      text,
      ...(replyTo ? { reply_to: replyTo } : {}),
    });
  }

  react(messageId: string, emoji: string): Promise<unknown> {
    return this.rest.post(`/rooms/${this.room.id}/messages/${messageId}/reactions`, { emoji });
  }

  ask(text: string, options: readonly string[], taskId: string): Promise<{ question_id: string }> {
    return this.rest.post('/agents/ask', { room_id: this.room.id, task_id: taskId, text, options });
  }

  async claim(taskId: string, paths: readonly string[]): Promise<Held> {
    const { task, fence, branch } = await this.rest.post<Claimed>(`/tasks/${taskId}/claim`, { paths });
    this.working = { id: task.id, key: task.key, fence, branch };
    return this.working;
  }

  async start(held: Held): Promise<void> {
    await this.rest.post(`/tasks/${held.id}/start`, { fence: held.fence });
    await this.rest.post(`/rooms/${this.room.id}/repository/branches`, {
      task_id: held.id,
      fence: held.fence,
    });
  }

  commit(held: Held, message: string, files: Files): Promise<{ sha: string }> {
    const changes = Object.entries(files).map(([path, content]) => ({ path, content }));
    return this.rest.post(`/rooms/${this.room.id}/repository/commits`, {
      task_id: held.id,
      fence: held.fence,
      branch: held.branch,
      message,
      changes,
    });
  }

  progress(held: Held, progress: number, note: string): Promise<unknown> {
    return this.rest.post(`/tasks/${held.id}/progress`, { fence: held.fence, progress, note });
  }

  async submit(held: Held, title: string, body: string): Promise<number> {
    const { number } = await this.rest.post<{ number: number }>(`/rooms/${this.room.id}/pull-requests`, {
      task_id: held.id,
      fence: held.fence,
      title,
      body,
    });
    await this.rest.post(`/tasks/${held.id}/submit`, { fence: held.fence, summary: body });
    return number;
  }

  private async renew(): Promise<void> {
    this.rest = await signIn(this.rest.base, this.token);
  }

  private live(): Promise<unknown> {
    const { working } = this;
    const claim = working ? { current_task: working.id, fence: working.fence } : {};
    return this.rest.post('/agents/heartbeat', { uptime: 60, ...claim });
  }
}

async function signIn(url: string, token: string): Promise<Rest> {
  const { access_token } = await new Rest(url).post<{ access_token: string }>('/auth/agent-token', { token });
  return new Rest(url, access_token);
}
