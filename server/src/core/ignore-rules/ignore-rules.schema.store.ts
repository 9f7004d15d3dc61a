import type { Generated, Migration } from '#platform/db/index.ts';

export type IgnoreRuleTables = {
  ignore_rule: {
    id: Generated<number>;
    person_id: number;
    rule: string;
    type: string;
    provider: string;
    value: string;
    account: string;
    upstream_id: string | null;
    created_at: number;
  };
};

export const ignoreRuleMigrations: readonly Migration[] = [
  {
    name: '0036-ignore-rules',
    up: (words) => [
      `create table ignore_rule (
        id ${words.id},
        person_id ${words.bigint} not null references person (id) on delete cascade,
        rule text not null,
        type text not null,
        provider text not null,
        value text not null,
        account text not null,
        upstream_id text,
        created_at ${words.bigint} not null,
        unique (person_id, rule)
      )`,
      'create index ignore_rule_account on ignore_rule (person_id, account)',
    ],
  },
];
