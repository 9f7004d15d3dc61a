import { createMediaGraph, type Media } from '#core/media/index.ts';
import {
  createLists,
  createRatings,
  createViewingStore,
  type KnownPlay,
  type ListEntry,
  type Rating,
  type StoredViewing,
} from '#core/viewing/index.ts';
import type { MediaId, PersonId } from '#kernel/ids.ts';
import type { Clock } from '#kernel/instant.ts';
import { type Database, type Handle, idList, sql } from '#platform/db/index.ts';

export type { Database, Handle };

/** A movie or a show with all that a person's history holds of it. */
export type KeptTitle = Readonly<{
  workId: MediaId;
  titles: readonly Readonly<{ media: Media; viewing?: StoredViewing; plays: readonly KnownPlay[] }>[];
  work?: Media;
  list?: ListEntry;
  rating?: Rating;
}>;

/** It reads the tables of core/media and core/viewing, which own them: which titles a person's history has. */
export function createKeptTitles(database: Database, clock: Clock) {
  const db = database.tables<Record<string, never>>();

  return {
    /** Movies and shows, and episodes whose show nobody knows; those of `also` in any case. */
    async works(person: PersonId, also: readonly MediaId[]): Promise<readonly MediaId[]> {
      const { rows } = await sql<{ work: number }>`
        select distinct work from (
          select coalesce(m.show_id, m.id) as work from viewing v join media m on m.id = v.media_id where v.person_id = ${person}
          union select coalesce(m.show_id, m.id) as work from play p join media m on m.id = p.media_id where p.person_id = ${person}
          union select media_id as work from list_entry where person_id = ${person}
          union select media_id as work from rating where person_id = ${person}
          union select coalesce(m.show_id, m.id) as work from media m where m.id in ${idList(database.kind, also)}
        ) as kept order by work`.execute(db);
      return rows.map((row) => row.work as MediaId);
    },

    /** Of `also` the movies and episodes are told too of which the history has nothing. */
    async read(person: PersonId, works: readonly MediaId[], also: readonly MediaId[]): Promise<readonly KeptTitle[]> {
      const ids = idList(database.kind, works);
      const { rows } = await sql<{ id: number; work: number }>`
        select m.id, coalesce(m.show_id, m.id) as work from media m
        where (m.show_id in ${ids} or m.id in ${ids})
          and (exists (select 1 from viewing v where v.person_id = ${person} and v.media_id = m.id)
            or exists (select 1 from play p where p.person_id = ${person} and p.media_id = m.id)
            or m.id in ${idList(database.kind, also)})
        order by m.season, m.episode, m.id`.execute(db);
      const media = rows.map((row) => row.id as MediaId);
      const described = await createMediaGraph(database, { clock }).describe([...new Set([...works, ...media])]);
      const viewing = createViewingStore(database);
      const [viewings, plays] = [await viewing.viewings(person, media), await viewing.plays(person, media)];
      const [lists, ratings] = [await createLists(database).of(person, works), await createRatings(database).of(person, works)];
      const byWork = Map.groupBy(rows, (row) => row.work);
      return works.map((workId): KeptTitle => {
        const [work, list, rating] = [described.get(workId), lists.get(workId), ratings.get(workId)];
        const titles = (byWork.get(workId) ?? []).flatMap((row) => {
          const [one, state] = [described.get(row.id as MediaId), viewings.get(row.id as MediaId)];
          return one ? [{ media: one, ...(state && { viewing: state }), plays: plays.get(row.id as MediaId) ?? [] }] : [];
        });
        return { workId, titles, ...(work && { work }), ...(list && { list }), ...(rating && { rating }) };
      });
    },
  };
}
