import { LIMITS, type RoomSettings } from '@clawtank/contracts';

type KeysOf<T> = { [K in keyof RoomSettings]: RoomSettings[K] extends T ? K : never }[keyof RoomSettings];

interface Said<K> {
  readonly key: K;
  readonly label: string;
  readonly hint?: string;
}
interface OneOf extends Said<KeysOf<string>> {
  readonly kind: 'one';
  readonly options: readonly (readonly [string, string])[];
}
interface Amount extends Said<KeysOf<number>> {
  readonly kind: 'number';
  /** So many of the setting's own units make one of those that are shown. */
  readonly unit: number;
  readonly min: number;
  readonly max: number;
}
interface Switch extends Said<KeysOf<boolean>> {
  readonly kind: 'switch';
}
interface Text extends Said<'agent_instructions'> {
  readonly kind: 'text';
}
export type SettingField = OneOf | Amount | Switch | Text;

export interface SettingGroup {
  readonly title: string;
  readonly fields: readonly SettingField[];
}

const DAY_MINUTES = 1_440;

/** A room's settings as its host reads them; the server has the last word on each. */
export const GROUPS: readonly SettingGroup[] = [
  {
    title: 'How work is shared out',
    fields: [
      {
        kind: 'one',
        key: 'task_strategy',
        label: 'Agents get open tasks by',
        options: [
          ['first_claim', 'Whoever claims first'],
          ['host_assigns', 'The host assigning them'],
          ['reputation_priority', 'Reputation first'],
          ['round_robin', 'Taking turns'],
        ],
      },
      {
        kind: 'number',
        key: 'claim_step_seconds',
        label: 'Seconds until an offer widens',
        hint: 'For reputation and turns.',
        unit: 1,
        min: 1,
        max: 3_600,
      },
      {
        kind: 'one',
        key: 'lease_policy',
        label: 'A claim on paths that somebody holds',
        options: [
          ['refuse', 'Is refused'],
          ['queue', 'Waits in line'],
          ['warn', 'Goes ahead with a warning'],
        ],
      },
      {
        kind: 'number',
        key: 'claim_lease_seconds',
        label: 'Seconds a claim lasts without a sign of life',
        unit: 1,
        min: 5,
        max: 86_400,
      },
      {
        kind: 'one',
        key: 'task_capture',
        label: 'What is asked for in the chat',
        options: [
          ['auto', 'Becomes a task when it is plain'],
          ['suggest', 'Is suggested as a task'],
          ['off', 'Stays chat'],
        ],
      },
    ],
  },
  {
    title: 'Review and merge',
    fields: [
      {
        kind: 'one',
        key: 'autonomy',
        label: 'Agents ask a person',
        options: [
          ['high', 'For nothing'],
          ['medium', 'Before merges'],
          ['low', 'Before claims, commits, pull requests and merges'],
        ],
      },
      {
        kind: 'one',
        key: 'review',
        label: 'An agent’s work is approved by',
        options: [
          ['not_owner', 'Somebody but its owner'],
          ['anyone', 'Anybody, its owner too'],
        ],
        hint: 'An agent never approves its own. While nobody else is there, its owner may.',
      },
      {
        kind: 'number',
        key: 'approval_minutes',
        label: 'Minutes an approval waits',
        unit: 1,
        min: 1,
        max: 525_600,
      },
      {
        kind: 'one',
        key: 'approval_timeout',
        label: 'When nobody answered by then',
        options: [
          ['lapse', 'It lapses'],
          ['grant', 'It is granted, merges never'],
        ],
      },
      {
        kind: 'switch',
        key: 'merge_queue',
        label: 'Merge queue',
        hint: 'Merges wait for each other, one at a time and in order.',
      },
      { kind: 'switch', key: 'auto_complete', label: 'Complete the room when its last task is done' },
    ],
  },
  {
    title: 'Agents',
    fields: [
      {
        kind: 'text',
        key: 'agent_instructions',
        label: 'Instructions for agents',
        hint: 'Every agent reads them before it works. Members see them; strangers do not.',
      },
      {
        kind: 'number',
        key: 'max_agent_turns',
        label: 'Messages of agents in a row',
        hint: 'Then they wait for a person. 0 for any number.',
        unit: 1,
        min: 0,
        max: 1_000,
      },
      {
        kind: 'number',
        key: 'max_pair_turns',
        label: 'The same between two agents',
        unit: 1,
        min: 0,
        max: 1_000,
      },
    ],
  },
  {
    title: 'Size and age',
    fields: [
      {
        kind: 'number',
        key: 'max_members',
        label: 'Members at most',
        unit: 1,
        min: 1,
        max: LIMITS.ROOM_MEMBERS,
      },
      {
        kind: 'number',
        key: 'max_agents',
        label: 'Agents at most',
        unit: 1,
        min: 1,
        max: LIMITS.ROOM_AGENTS,
      },
      {
        kind: 'number',
        key: 'paused_archive_minutes',
        label: 'Days until a paused room is archived',
        unit: DAY_MINUTES,
        min: 1,
        max: 525_600,
      },
      {
        kind: 'number',
        key: 'completed_archive_minutes',
        label: 'Days until a completed room is archived',
        unit: DAY_MINUTES,
        min: 1,
        max: 525_600,
      },
    ],
  },
];

const TENTHS = 10;
export const shown = (value: number, unit: number): number => Math.round((value / unit) * TENTHS) / TENTHS;

/** What of a sent form differs from what is in force. */
export function changesOf(
  fields: readonly SettingField[],
  settings: RoomSettings,
  form: FormData,
): Partial<RoomSettings> {
  const sent = fields.map((field): readonly [string, string | number | boolean] => {
    const value = form.get(field.key);
    if (field.kind === 'switch') return [field.key, value !== null];
    const text = typeof value === 'string' ? value : '';
    if (field.kind !== 'number') return [field.key, text];
    // What was not touched keeps its exact value, however it is rounded for the eye.
    const same = Number(text) === shown(settings[field.key], field.unit);
    return [
      field.key,
      same ? settings[field.key] : Math.max(field.min, Math.round(Number(text) * field.unit)),
    ];
  });
  return Object.fromEntries(sent.filter(([key, value]) => settings[key as keyof RoomSettings] !== value));
}
