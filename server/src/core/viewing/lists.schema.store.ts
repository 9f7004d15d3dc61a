import type { Migration } from '#platform/db/index.ts';

export type ListRow = { person_id: number; media_id: number; list: string; since: number; changed_at: number };
export type RatingRow = { person_id: number; media_id: number; rating: number; rated_at: number };

export type ListTables = {
  list_entry: ListRow;
  rating: RatingRow;
  list_aside: ListRow;
  rating_aside: RatingRow;
  list_binned: ListRow & { bin_id: number };
  rating_binned: RatingRow & { bin_id: number };
};

/** Of the two, what stood before a merge is kept aside, and what went with a whole history lies under the bin's entry. */
export const listMigrations: readonly Migration[] = [
  {
    name: '0160-lists-and-ratings',
    up: ({ bigint, withoutRowid }) => {
      const title = `person_id ${bigint} not null, media_id ${bigint} not null`;
      const list = `list text not null, since ${bigint} not null, changed_at ${bigint} not null`;
      const rating = `rating integer not null, rated_at ${bigint} not null`;
      const binned = `bin_id ${bigint} not null references bin_entry (id) on delete cascade`;
      const key = `primary key (person_id, media_id)) ${withoutRowid}`;
      return [
        `create table list_entry (${title}, ${list}, ${key}`,
        'create index list_entry_media on list_entry (media_id)',
        `create table rating (${title}, ${rating}, ${key}`,
        'create index rating_media on rating (media_id)',
        `create table list_aside (${title}, ${list}, ${key}`,
        `create table rating_aside (${title}, ${rating}, ${key}`,
        `create table list_binned (${binned}, ${title}, ${list})`,
        'create index list_binned_bin on list_binned (bin_id)',
        `create table rating_binned (${binned}, ${title}, ${rating})`,
        'create index rating_binned_bin on rating_binned (bin_id)',
      ];
    },
  },
];
