import type { Media } from '#core/media/index.ts';
import type {
  ExportedEpisode,
  ExportedPlayback,
  ExportedRecord,
  ExportedStanding,
  ExportedTitle,
  ExportedWatch,
} from '#core/upstreams/index.ts';
import type { MediaId, PersonId } from '#kernel/ids.ts';
import type { Clock, Instant } from '#kernel/instant.ts';
import { createKeptTitles, type Database, type Handle, type KeptTitle } from './history-files.store.ts';

export type Memo = NonNullable<ExportedRecord['memo']>;
/** What persons wrote to titles. Within the transaction of that handle: SQLite has one, and would wait for itself. */
export type MemosOf = (handle: Handle, person: PersonId, media: readonly MediaId[]) => Promise<ReadonlyMap<MediaId, Memo>>;

/** Where an app said that the person stopped in a movie or an episode. `progress` in percent. */
export type ToldPlayback = Readonly<{ mediaId: MediaId; progress: number; at: Instant }>;
export type PlaybacksOf = (handle: Handle, person: PersonId) => Promise<readonly ToldPlayback[]>;

const PAGE = 200;

/** A person's whole history, a page of titles at a time. */
export async function* gatherRecords(
  { database, clock, memosOf, playbacksOf }: Readonly<{ database: Database; clock: Clock; memosOf: MemosOf; playbacksOf: PlaybacksOf }>,
  person: PersonId,
): AsyncGenerator<ExportedRecord, void, undefined> {
  const kept = createKeptTitles(database, clock);
  const playbacks = new Map((await playbacksOf(database, person)).map((one) => [one.mediaId, one]));
  const begun = [...playbacks.keys()];
  const works = await kept.works(person, begun);
  for (let start = 0; start < works.length; start += PAGE) {
    const page = works.slice(start, start + PAGE);
    const memos = await memosOf(database, person, page);
    for (const title of await kept.read(person, page, begun)) {
      const record = recordOf(title, { memo: memos.get(title.workId), playbacks });
      if (record) yield record;
    }
  }
}

type Beside = Readonly<{ memo: Memo | undefined; playbacks: ReadonlyMap<MediaId, ToldPlayback> }>;

/** Undefined for what is no title any more. */
function recordOf({ workId, work, titles, list, rating }: KeptTitle, { memo, playbacks }: Beside): ExportedRecord | undefined {
  const [first] = titles;
  const head = work ?? first?.media;
  if (head === undefined) return undefined;
  const stops = titles.flatMap(({ media }): readonly ExportedPlayback[] => {
    const stop = playbacks.get(media.id);
    return stop ? [{ ...episodeIn(media), percent: stop.progress, at: stop.at }] : [];
  });
  return {
    title: titleOf(head),
    place: `title ${workId}`,
    watches: titles.flatMap(({ media, plays }) =>
      plays.toSorted(byDay).map(({ at }): ExportedWatch => ({ ...episodeIn(media), ...(at !== undefined && { at }) })),
    ),
    standings: titles.flatMap(({ media, viewing }): ExportedStanding[] => {
      if (viewing === undefined) return [];
      const { watched, changedAt, positionMs, positionAt } = viewing;
      const position = positionMs > 0 ? { position: { ms: positionMs, ...(positionAt !== undefined && { at: positionAt }) } } : {};
      return [{ ...episodeIn(media), watched, at: changedAt, ...position }];
    }),
    ...(stops.length > 0 && { playbacks: stops }),
    ...(list && { list: { name: list.list, at: list.since } }),
    ...(rating && { rating: { value: rating.rating, at: rating.ratedAt } }),
    ...(memo && { memo }),
  };
}

const NO_DAY = Number.MAX_SAFE_INTEGER;
/** Databases answer in any order, and the same history is to be written alike. */
const byDay = (one: Readonly<{ at?: Instant }>, other: Readonly<{ at?: Instant }>): number => (one.at ?? NO_DAY) - (other.at ?? NO_DAY);

/** Of an episode whose show is no title of its own: the show, by name and ids. Where nobody tells the name, the episode's has it too. */
function titleOf({ kind, title, year, ids, show }: Media): ExportedTitle {
  if (kind === 'movie') return { kind: 'movie', title, ...(year !== undefined && { year }), ids };
  const { title: name, year: began, ids: of } = kind === 'episode' ? (show ?? { title, year, ids: {} }) : { title, year, ids };
  return { kind: 'show', title: name, ...(began !== undefined && { year: began }), ids: of };
}

function episodeIn({ kind, season, episode, title, ids }: Media): Readonly<{ episode?: ExportedEpisode }> {
  if (kind !== 'episode' || season === undefined || episode === undefined) return {};
  return { episode: { season, number: episode, ...(title !== '' && { title }), ids } };
}
