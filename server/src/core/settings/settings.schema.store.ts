import type { Generated, Migration } from '#platform/db/index.ts';

export type SettingTables = {
  setting: { key: string; subject: number; value: string; updated_at: number };
  setting_history: {
    id: Generated<number>;
    key: string;
    subject: number;
    value: string | null;
    at: number;
    actor_kind: string;
    actor_id: string;
    actor_name: string;
  };
};

export const settingMigrations: readonly Migration[] = [
  {
    name: '0040-settings',
    // subject: 0 for the house, else the person or the account, as the key's scope says.
    up: (words) => [
      `create table setting (
        key text not null,
        subject ${words.bigint} not null,
        value text not null,
        updated_at ${words.bigint} not null,
        primary key (key, subject)
      ) ${words.withoutRowid}`,
      `create table setting_history (
        id ${words.id},
        key text not null,
        subject ${words.bigint} not null,
        value text,
        at ${words.bigint} not null,
        actor_kind text not null,
        actor_id text not null,
        actor_name text not null
      )`,
      'create index setting_history_key on setting_history (key, subject, id)',
    ],
  },
];
