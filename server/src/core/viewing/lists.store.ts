import { type MediaId, mediaId, type PersonId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Handle, idList, insertRows } from '#platform/db/index.ts';
import type { ListTables } from './lists.schema.store.ts';

const LIST_NAMES = ['watching', 'plantowatch', 'hold', 'completed', 'dropped'] as const;
/** Where a person keeps a movie or a show. It is in one list at a time. */
export type ListName = (typeof LIST_NAMES)[number];

export const isListName = (text: string): text is ListName => (LIST_NAMES as readonly string[]).includes(text);

/** `since`: when the title was first put on any list. */
export type ListEntry = Readonly<{ mediaId: MediaId; list: ListName; since: Instant; changedAt: Instant }>;

export type Lists = ReturnType<typeof createLists>;

/** The lists of persons: movies and shows, never episodes. Takes part in the caller's transaction; who changes them holds the person's history. */
export function createLists(handle: Handle) {
  const db = handle.tables<ListTables>();

  return {
    async of(person: PersonId, media: readonly MediaId[]): Promise<ReadonlyMap<MediaId, ListEntry>> {
      if (media.length === 0) return new Map();
      const rows = await db
        .selectFrom('list_entry')
        .selectAll()
        .where('person_id', '=', person)
        .where('media_id', 'in', idList(handle.kind, media))
        .execute();
      return new Map(
        rows.map((row) => [
          mediaId(row.media_id),
          { mediaId: mediaId(row.media_id), list: row.list as ListName, since: row.since, changedAt: row.changed_at },
        ]),
      );
    },

    async onList(person: PersonId, list: ListName): Promise<readonly MediaId[]> {
      const rows = await db
        .selectFrom('list_entry')
        .select('media_id')
        .where('person_id', '=', person)
        .where('list', '=', list)
        .orderBy('media_id')
        .execute();
      return rows.map((row) => mediaId(row.media_id));
    },

    /** Puts titles on lists, whatever list they were on. */
    async put(person: PersonId, entries: readonly ListEntry[]): Promise<void> {
      const columns = { person_id: 'integer', media_id: 'integer', list: 'text', since: 'integer', changed_at: 'integer' } as const;
      const rows = entries.map((entry) => [person, entry.mediaId, entry.list, entry.since, entry.changedAt]);
      await insertRows(handle, 'list_entry', columns, rows, {
        update: '(person_id, media_id) do update set list = excluded.list, since = excluded.since, changed_at = excluded.changed_at',
      });
    },

    /** Takes titles off; answers those that were on a list. */
    async take(person: PersonId, media: readonly MediaId[]): Promise<readonly ListEntry[]> {
      const taken = await this.of(person, media);
      if (taken.size === 0) return [];
      await db
        .deleteFrom('list_entry')
        .where('person_id', '=', person)
        .where('media_id', 'in', idList(handle.kind, [...taken.keys()]))
        .execute();
      return [...taken.values()];
    },
  };
}
