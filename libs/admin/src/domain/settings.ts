export type SettingValue = number | boolean;

interface Whole {
  readonly kind: 'whole';
  readonly about: string;
  readonly min: number;
  readonly max: number;
}
interface Switch {
  readonly kind: 'switch';
  readonly about: string;
}
export type Setting = Whole | Switch;

const MOST = 1_000_000;
const whole = (about: string): Whole => ({ kind: 'whole', about, min: 1, max: MOST });

/** Everything that can be changed while the server runs. */
export const SETTINGS = {
  'sign_up.open': { kind: 'switch', about: 'Strangers may make accounts' },
  'limits.commands_per_second': whole('Commands of one caller, on average'),
  'limits.commands_burst': whole('Commands of one caller, at once'),
  'limits.chat_per_second': whole('Messages of one caller in one room, on average'),
  'limits.chat_burst': whole('Messages of one caller in one room, at once'),
  'limits.sign_in_per_minute': whole('Attempts to sign in as one account from one address, on average'),
  'limits.sign_in_burst': whole('Attempts to sign in as one account from one address, at once'),
  'limits.address_sign_in_per_minute': whole('Attempts to sign in from one address, on average'),
  'limits.address_sign_in_burst': whole('Attempts to sign in from one address, at once'),
  'limits.address_reads_per_second': whole('Reads without an account from one address, on average'),
  'limits.address_reads_burst': whole('Reads without an account from one address, at once'),
  'limits.address_connections_per_second': whole('Sockets opened from one address, on average'),
  'limits.address_connections_burst': whole('Sockets opened from one address, at once'),
} as const satisfies Readonly<Record<string, Setting>>;

export type SettingName = keyof typeof SETTINGS;
export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

export const isSettingName = (name: string): name is SettingName => Object.hasOwn(SETTINGS, name);

/** What a value of this setting must be, in words; null when `value` is that. */
export function wantedInstead(name: SettingName, value: unknown): string | null {
  const setting: Setting = SETTINGS[name];
  if (setting.kind === 'switch') return typeof value === 'boolean' ? null : 'true or false';
  const { min, max } = setting;
  const fits = typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
  return fits ? null : `a whole number from ${String(min)} to ${String(max)}`;
}
