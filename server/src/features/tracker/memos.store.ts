import { type MediaId, mediaId, type PersonId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Handle, idList, insertRows } from '#platform/db/index.ts';
import type { TrackerTables } from './tracker.schema.store.ts';

/** A person's own words on a title of their library. */
export type Memo = Readonly<{ text: string; isPrivate: boolean }>;

/** Longer ones are cut where they come in. */
export const MEMO_LENGTH = 140;

/** With all that is kept of it. `recordedAs` is the title that it was written on, whatever that became. */
export type KeptMemo = Memo & Readonly<{ mediaId: MediaId; recordedAs: MediaId; changedAt: Instant }>;

const COLUMNS = {
  person_id: 'integer',
  media_id: 'integer',
  recorded_as: 'integer',
  text: 'text',
  is_private: 'integer',
  changed_at: 'integer',
} as const;

export type Memos = ReturnType<typeof createMemos>;

/** One for each title. Takes part in the caller's transaction. */
export function createMemos(handle: Handle) {
  const db = handle.tables<TrackerTables>();

  return {
    async of(person: PersonId, media: readonly MediaId[]): Promise<ReadonlyMap<MediaId, Memo>> {
      if (media.length === 0) return new Map();
      const rows = await db
        .selectFrom('tracker_memo')
        .selectAll()
        .where('person_id', '=', person)
        .where('media_id', 'in', idList(handle.kind, media))
        .execute();
      return new Map(rows.map((row) => [mediaId(row.media_id), { text: row.text, isPrivate: row.is_private === 1 }]));
    },

    /** An empty text takes the memo away. U+0000, which PostgreSQL has no place for, is left out. */
    async put(person: PersonId, memos: ReadonlyMap<MediaId, Memo>, now: Instant): Promise<void> {
      await this.take(person, [...memos.keys()]);
      const kept = [...memos]
        .map(([id, memo]) => [id, { ...memo, text: memo.text.replaceAll('\0', '') }] as const)
        .filter(([, memo]) => memo.text !== '');
      await insertRows(
        handle,
        'tracker_memo',
        COLUMNS,
        kept.map(([id, memo]) => [person, id, id, memo.text, Number(memo.isPrivate), now]),
        {
          update:
            '(person_id, recorded_as) do update set media_id = excluded.media_id, text = excluded.text, is_private = excluded.is_private, changed_at = excluded.changed_at',
        },
      );
    },

    async take(person: PersonId, media: readonly MediaId[]): Promise<void> {
      if (media.length === 0) return;
      await db.deleteFrom('tracker_memo').where('person_id', '=', person).where('media_id', 'in', idList(handle.kind, media)).execute();
    },

    /** All of a person's, with the titles that they were written on. */
    async takeAll(person: PersonId): Promise<readonly KeptMemo[]> {
      const rows = await db.deleteFrom('tracker_memo').where('person_id', '=', person).returningAll().execute();
      return rows.map((row) => ({
        mediaId: mediaId(row.media_id),
        recordedAs: mediaId(row.recorded_as),
        text: row.text,
        isPrivate: row.is_private === 1,
        changedAt: row.changed_at,
      }));
    },

    /** A title that has a memo by now keeps it. */
    async putBack(person: PersonId, memos: readonly KeptMemo[]): Promise<void> {
      const now = await this.of(
        person,
        memos.map((memo) => memo.mediaId),
      );
      const rows = memos.filter((memo) => !now.has(memo.mediaId));
      await insertRows(
        handle,
        'tracker_memo',
        COLUMNS,
        rows.map((memo) => [person, memo.mediaId, memo.recordedAs, memo.text, Number(memo.isPrivate), memo.changedAt]),
        'skip',
      );
    },

    /** Of a title that became another: it goes along where that other has none, and waits under its own name where it has. */
    async merged(person: PersonId, from: MediaId, into: MediaId): Promise<void> {
      if ((await this.of(person, [into])).size > 0) return;
      await db.updateTable('tracker_memo').set({ media_id: into }).where('person_id', '=', person).where('media_id', '=', from).execute();
    },

    async split(person: PersonId, from: MediaId): Promise<void> {
      await db
        .updateTable('tracker_memo')
        .set({ media_id: from })
        .where('person_id', '=', person)
        .where('recorded_as', '=', from)
        .execute();
    },
  };
}
