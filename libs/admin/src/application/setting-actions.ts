import {
  type CommandContext,
  CommandHandler,
  type Query,
  type QueryContext,
  QueryHandler,
} from '@clawtank/commands';
import type { AdminSettingInput, Page, SettingView } from '@clawtank/contracts';
import type { Tx } from '@clawtank/database';
import { invariant } from '@clawtank/kernel';
import { fail } from '../domain/failures.js';
import { isSettingName, type Setting, SETTING_NAMES, SETTINGS, wantedInstead } from '../domain/settings.js';
import { forgetSetting, readSettings, saveSetting } from '../persistence/settings.js';
import { AdminAction, type Done } from './admin-action.js';
import { AdminSettingBody, NoInput } from './inputs.js';
import { LiveSettings } from './live-settings.js';

async function settingViews(tx: Tx, live: LiveSettings): Promise<SettingView[]> {
  const rows = new Map((await readSettings(tx)).map((row) => [row.name, row]));
  return SETTING_NAMES.map((name) => {
    const setting: Setting = SETTINGS[name];
    const row = rows.get(name);
    const sound = row && wantedInstead(name, row.value) === null ? row : undefined;
    const defaultValue = live.defaultOf(name);
    return {
      name,
      about: setting.about,
      value: sound ? (sound.value as number | boolean) : defaultValue,
      default_value: defaultValue,
      changed_at: sound?.changed_at.toISOString() ?? null,
      ...(setting.kind === 'whole' ? { min: setting.min, max: setting.max } : {}),
    };
  });
}

@CommandHandler('admin.set_setting', AdminSettingBody)
export class SetSetting extends AdminAction<'admin.set_setting'> {
  readonly action = 'admin.set_setting';

  constructor(private readonly live: LiveSettings) {
    super();
  }

  protected async act(
    { tx, caller }: CommandContext,
    { name, value = null }: AdminSettingInput,
  ): Promise<Done<'admin.set_setting'>> {
    if (!isSettingName(name)) throw fail('setting.unknown', { name });
    const wanted = value === null ? null : wantedInstead(name, value);
    if (wanted !== null) throw fail('setting.bad_value', { name, wanted });
    const find = async (): Promise<SettingView> => {
      const view = (await settingViews(tx, this.live)).find((setting) => setting.name === name);
      invariant(view, `setting ${name} is in the table`);
      return view;
    };
    const before = await find();
    if (value === null) await forgetSetting(tx, name);
    else await saveSetting(tx, name, value, caller.id);
    this.live.changed(tx);
    const setting = await find();
    const details = { from: before.value, to: setting.value };
    return { reply: { setting }, target: { kind: 'setting', id: name }, details };
  }
}

@QueryHandler('admin.settings', NoInput)
export class ListSettings implements Query<'admin.settings'> {
  constructor(private readonly live: LiveSettings) {}

  async run({ tx }: QueryContext): Promise<Page<SettingView>> {
    return { items: await settingViews(tx, this.live), next_cursor: null };
  }
}
