import type { PullRequestView, RoomSnapshot, RoomState, TaskView } from '@clawtank/contracts';
import type { Person } from './people.js';
import { waitFor } from './wait.js';

const SETTING_UP: ReadonlySet<RoomState> = new Set(['creating', 'initializing']);

/** The room as one member works in it. */
export class Room {
  constructor(
    readonly id: string,
    readonly slug: string,
  ) {}

  say(person: Person, text: string): Promise<{ message_id: string }> {
    return person.rest.post(`/rooms/${this.id}/messages`, { text });
  }

  snapshot(person: Person): Promise<RoomSnapshot> {
    return person.rest.get(`/rooms/${this.id}`);
  }

  /** Waits until its repository is set up, which comes after the answer that names the room. */
  async whenReady(person: Person): Promise<void> {
    await waitFor(`the repository of ${this.slug}`, async () => {
      const { state } = (await this.snapshot(person)).room;
      return SETTING_UP.has(state) ? undefined : state;
    });
  }

  async tasks(person: Person): Promise<readonly TaskView[]> {
    return (await person.rest.get<{ items: TaskView[] }>(`/rooms/${this.id}/tasks?limit=100`)).items;
  }

  /** Accepts the suggestion that the server made of what was said. */
  async accept(person: Person, pattern: RegExp): Promise<void> {
    const suggestion = await waitFor(`a suggestion like ${pattern}`, async () =>
      (await this.snapshot(person)).suggestions.find((candidate) => pattern.test(candidate.title)),
    );
    await person.rest.post(`/rooms/${this.id}/suggestions/${suggestion.id}/accept`);
  }

  task(person: Person, pattern: RegExp): Promise<TaskView> {
    return waitFor(`a task like ${pattern}`, async () =>
      (await this.tasks(person)).find((task) => pattern.test(task.title)),
    );
  }

  async pulls(person: Person): Promise<readonly PullRequestView[]> {
    return (await person.rest.get<{ items: PullRequestView[] }>(`/rooms/${this.id}/pull-requests`)).items;
  }

  /** Waits for the pull request of a task. */
  pullRequest(person: Person, pattern: RegExp): Promise<PullRequestView> {
    return waitFor(`the pull request of ${pattern}`, async () => {
      const task = (await this.tasks(person)).find((candidate) => pattern.test(candidate.title));
      const pulls = await this.pulls(person);
      return pulls.find((pull) => task !== undefined && pull.task_id === task.id);
    });
  }

  /** A human looks at the diff, approves and merges. */
  async reviewAndMerge(reviewer: Person, number: number): Promise<void> {
    const at = `/rooms/${this.id}/pull-requests/${number}`;
    const { files } = await reviewer.rest.get<{ files: unknown[] }>(`${at}/diff`);
    if (files.length === 0) throw new Error(`#${number} changes nothing`);
    await reviewer.rest.post(`${at}/reviews`, { verdict: 'approve', body: `Read ${files.length} files.` });
    await reviewer.rest.post(`${at}/merge`);
  }
}
