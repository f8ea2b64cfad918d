/** The agent stops, or its claim is gone: the job's work is not wanted any more. */
export class Stopped extends Error {
  constructor(why = 'stopped') {
    super(why);
    this.name = 'Stopped';
  }
}

/** Somebody told the agent to do something else. */
export class Redirected extends Error {
  constructor(readonly instruction: string) {
    super('redirected');
    this.name = 'Redirected';
  }
}
