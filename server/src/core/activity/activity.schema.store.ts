import type { Generated, Migration } from '#platform/db/index.ts';

export type ActivityTables = {
  activity: {
    id: Generated<number>;
    at: number;
    actor_kind: string;
    actor_id: string;
    actor_name: string;
    verb: string;
    subject: string;
    detail: string;
    person_id: number | null;
  };
};

export const activityMigrations: readonly Migration[] = [
  {
    name: '0050-activity',
    // No reference to person: the log outlives whom it speaks of.
    up: (words) => [
      `create table activity (
        id ${words.id},
        at ${words.bigint} not null,
        actor_kind text not null,
        actor_id text not null,
        actor_name text not null,
        verb text not null,
        subject text not null,
        detail text not null,
        person_id ${words.bigint}
      )`,
      'create index activity_at on activity (at)',
      'create index activity_person on activity (person_id, at)',
    ],
  },
];
