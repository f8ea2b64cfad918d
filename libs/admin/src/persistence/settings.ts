import type { Tx } from '@clawtank/database';

export interface SettingRow {
  readonly name: string;
  readonly value: unknown;
  readonly changed_at: Date;
}

export async function readSettings(tx: Pick<Tx, 'query'>): Promise<SettingRow[]> {
  return tx.query<SettingRow>('SELECT name, value, changed_at FROM server_settings ORDER BY name');
}

export async function saveSetting(tx: Tx, name: string, value: number | boolean, by: string): Promise<void> {
  await tx.execute(
    `INSERT INTO server_settings (name, value, changed_by) VALUES ($1, $2, $3)
     ON CONFLICT (name) DO UPDATE SET value = $2, changed_by = $3, changed_at = now()`,
    [name, JSON.stringify(value), by],
  );
}

export async function forgetSetting(tx: Tx, name: string): Promise<void> {
  await tx.execute('DELETE FROM server_settings WHERE name = $1', [name]);
}
