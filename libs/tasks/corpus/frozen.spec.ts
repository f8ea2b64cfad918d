import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const HELD_BACK_SHA256 = 'cf865727e3f3e0e06b77df487ca12778548104ae53e135a081f6a03884745fa6';

const PRIORITIES = ['low', 'normal', 'high', 'urgent'];
const CAPABILITIES = ['backend', 'database', 'docs', 'frontend', 'infra', 'mobile', 'security', 'testing'];

interface LabelledTask {
  title: string;
  mentions: string[];
  priority: string;
  paths: string[];
  depends_on: string[];
  deadline?: string;
  capabilities?: string[];
  languages?: string[];
}

interface LabelledMessage {
  id: string;
  kind: string;
  context?: string;
  text: string;
  now?: string;
  tasks: LabelledTask[];
}

const read = (half: string): Buffer => readFileSync(join(__dirname, `${half}.jsonl`));

function messagesOf(half: string): LabelledMessage[] {
  const body = read(half).toString('utf8');
  expect(body.endsWith('\n')).toBe(true);
  return body
    .slice(0, -1)
    .split('\n')
    .map((line) => JSON.parse(line));
}

const development = messagesOf('development');
const heldBack = messagesOf('held-back');
const all = [...development, ...heldBack];
const tasks = all.flatMap((message) => message.tasks.map((task) => ({ message, task })));

/** What a person would call the same message: case, blanks and marks aside. */
const sameText = ({ context = '', text }: LabelledMessage): string =>
  `${context} / ${text}`
    .toLowerCase()
    .replace(/[^\p{L}\p{N}/*@+👍]+/gu, ' ')
    .trim();

const repeated = (values: string[]): string[] =>
  values.filter((value, index) => values.indexOf(value) !== index);

describe('the labelled corpus', () => {
  it('has the held-back half that was frozen', () => {
    expect(createHash('sha256').update(read('held-back')).digest('hex')).toBe(HELD_BACK_SHA256);
  });

  it('has at least 300 messages, in two like halves', () => {
    expect(all.length).toBeGreaterThanOrEqual(300);
    expect(Math.min(development.length, heldBack.length)).toBeGreaterThanOrEqual(240);
    expect(Math.abs(development.length - heldBack.length)).toBeLessThanOrEqual(5);
  });

  it.each([
    ['development', development],
    ['held-back', heldBack],
  ])('has chat without a task and with several in the %s half', (_half, messages) => {
    const without = messages.filter((message) => message.tasks.length === 0).length;
    expect(without / messages.length).toBeGreaterThan(0.4);
    expect(without / messages.length).toBeLessThan(0.55);
    expect(messages.filter((message) => message.tasks.length > 1).length).toBeGreaterThanOrEqual(10);
  });

  it('has each id and each message once', () => {
    expect(repeated(all.map(({ id }) => id))).toEqual([]);
    expect(repeated(all.map(sameText))).toEqual([]);
  });

  it('has no line with an unknown or a missing field', () => {
    for (const message of all) {
      const { id, kind, context, text, now, tasks: labels, ...rest } = message;
      expect(rest).toEqual({});
      expect(id).toMatch(/^m\d{3}$/);
      expect(
        [kind, text, context ?? 'none'].every((value) => typeof value === 'string' && value !== ''),
      ).toBe(true);
      expect(Array.isArray(labels)).toBe(true);
      expect(now === undefined).toBe(labels.every((task) => task.deadline === undefined));
    }
  });

  it('has well-formed tasks', () => {
    for (const { message, task } of tasks) {
      const {
        title,
        mentions,
        priority,
        paths,
        depends_on,
        deadline,
        capabilities = [],
        languages = [],
        ...rest
      } = task;
      expect(rest).toEqual({});
      expect(title).toMatch(/^\p{Lu}.{4,98}[^.\s]$/u);
      expect(PRIORITIES).toContain(priority);
      expect(capabilities.filter((capability) => !CAPABILITIES.includes(capability))).toEqual([]);
      expect(languages.every((language) => /^[a-z]+$/.test(language))).toBe(true);
      if (deadline !== undefined)
        expect(Date.parse(deadline)).toBeGreaterThanOrEqual(Date.parse('2026-03-03'));
      expect(depends_on.every((key) => /^T-\d+$/.test(key))).toBe(true);
      const named = [...mentions.map((handle) => `@${handle}`), ...paths, ...depends_on];
      expect(named.filter((name) => !message.text.includes(name))).toEqual([]);
    }
  });
});
