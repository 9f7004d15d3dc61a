import type { Publish } from '#core/events.ts';
import type { TitleClaims } from '#core/media/index.ts';
import type { ExportedEpisode, ExportedRecord, ExportedStanding, ExportedTitle, ExportedWatch } from '#core/upstreams/index.ts';
import { createLists, createRatings, createViewingStore, type NewPlay, type StoredViewing } from '#core/viewing/index.ts';
import type { MediaId, PersonId } from '#kernel/ids.ts';
import type { Clock, Instant } from '#kernel/instant.ts';
import type { Memo, MemosOf, PlaybacksOf, ToldPlayback } from './gather-records.ts';
import type { Database, Handle } from './history-files.store.ts';
import { planTitle, planViewing, type ToldViewing } from './plan-arrival.ts';

export type ArrivalDeps = Readonly<{
  database: Database;
  clock: Clock;
  claims: TitleClaims;
  memos: Readonly<{ of: MemosOf; put(handle: Handle, person: PersonId, memos: ReadonlyMap<MediaId, Memo>): Promise<void> }>;
  /** `put` answers which were news. */
  playbacks: Readonly<{
    of: PlaybacksOf;
    put(handle: Handle, person: PersonId, told: readonly ToldPlayback[]): Promise<readonly MediaId[]>;
  }>;
  publish: Publish<Handle>;
  /** A film by its whole name and its year, where there is one alone; else why nobody can tell. */
  findFilm(
    film: Readonly<{ title: string; year: number }>,
  ): Promise<Readonly<{ ids: Readonly<Record<string, string>> }> | 'several' | 'none' | 'not-asked'>;
}>;

export type LeftRecord = Readonly<{ title: string; place: string; reason: string }>;

export type Tally = {
  titles: number;
  /** Of these, how many say nothing that is not here. */
  there: number;
  plays: number;
  marks: number;
  positions: number;
  lists: number;
  ratings: number;
  memos: number;
  left: LeftRecord[];
};

export const emptyTally = (): Tally => ({
  titles: 0,
  there: 0,
  plays: 0,
  marks: 0,
  positions: 0,
  lists: 0,
  ratings: 0,
  memos: 0,
  left: [],
});

const EVENT = 'history.file';

type Meant = Readonly<{
  record: ExportedRecord;
  /** Absent where the episodes of a series are known, and the series is not. */
  mediaId?: MediaId;
  viewings: ReadonlyMap<MediaId, ToldViewing>;
  playbacks: readonly ToldPlayback[];
}>;

/** Takes one page of what a file tells into a person's history, in one transaction. */
export async function takeRecords(deps: ArrivalDeps, person: PersonId, records: readonly ExportedRecord[], tally: Tally): Promise<void> {
  const meant = await mean(deps, records, tally);
  if (meant.length === 0) return;
  const now = deps.clock.now();
  await deps.database.transaction(async (handle) => {
    await createViewingStore(handle).lock(person);
    const moved = new Set<MediaId>();
    const changed = new Set<MediaId>();
    for (const round of roundsOf(meant)) {
      const watched = await takeViewings(handle, person, round, now);
      const titles = await takeTitles(deps, handle, { person, meant: round, now, tally });
      tally.plays += watched.plays;
      tally.marks += watched.marks;
      for (const id of watched.positions) moved.add(id);
      for (const id of [...watched.changed, ...titles]) changed.add(id);
    }
    // Where somebody stopped counts until a later mark, and that may have come with the same file.
    for (const id of await deps.playbacks.put(handle, person, playbacksIn(meant, now))) {
      moved.add(id);
      changed.add(id);
    }
    const positions = [...moved];
    tally.positions += positions.length;
    tally.there += meant.filter(
      ({ mediaId, viewings, playbacks }) =>
        ![mediaId, ...viewings.keys(), ...playbacks.map((one) => one.mediaId)].some((id) => id !== undefined && changed.has(id)),
    ).length;
    if (changed.size > 0)
      await deps.publish(handle, 'viewing.changed', { personId: person, mediaIds: [...changed], positions, cause: { kind: 'restore' } });
  });
}

/** Records that mean one title are taken one after the other: what the first brought is known to the next. */
function roundsOf(meant: readonly Meant[]): readonly (readonly Meant[])[] {
  const rounds: { ids: Set<MediaId>; meant: Meant[] }[] = [];
  for (const one of meant) {
    const ids = [...(one.mediaId === undefined ? [] : [one.mediaId]), ...one.viewings.keys()];
    const free = rounds.find((round) => !ids.some((id) => round.ids.has(id)));
    const round = free ?? { ids: new Set(), meant: [] };
    if (free === undefined) rounds.push(round);
    for (const id of ids) round.ids.add(id);
    round.meant.push(one);
  }
  return rounds.map((round) => round.meant);
}

/** Which titles and episodes are meant. What cannot be told is left, and said. */
async function mean({ claims, findFilm }: ArrivalDeps, records: readonly ExportedRecord[], tally: Tally): Promise<readonly Meant[]> {
  tally.titles += records.length;
  const { titles, reasons } = await titlesOf({ claims, findFilm }, records);
  const asked = records.flatMap((record, index) =>
    episodesIn(record).map((episode) => ({ episode, show: titles[index], seriesName: record.title.title ?? '' })),
  );
  const episodes = await claims.resolveManyEpisodes(
    asked.map(({ show, episode, seriesName }) => ({ show, ...episode, ...(show === undefined && { seriesName }) })),
    { create: true },
  );
  const byEpisode = new Map(asked.map((one, at) => [one.episode, episodes[at]]));
  return records.flatMap((record, index) => {
    const mediaId = titles[index];
    if (mediaId === undefined && !episodesIn(record).some((episode) => byEpisode.get(episode) !== undefined)) {
      leave(tally, record, reasons.get(record) ?? UNTOLD);
      return [];
    }
    const { viewings, playbacks, missing } = viewingsIn(record, mediaId, byEpisode);
    for (const what of missing) leave(tally, record, `${what} is no episode that anybody can place`);
    if (mediaId === undefined && (record.list || record.rating || record.memo)) leave(tally, record, NO_SERIES);
    return [{ record, viewings, playbacks, ...(mediaId !== undefined && { mediaId }) }];
  });
}

const episodesIn = ({ watches, standings, playbacks = [] }: ExportedRecord): readonly ExportedEpisode[] =>
  [...watches, ...standings, ...playbacks].flatMap(({ episode }) => episode ?? []);

const NO_SERIES =
  'its episodes are known by ids of their own, and nobody can tell which series it is: its list, rating and memo have no place';
const UNTOLD = 'nobody can tell which title this is, or it has no id that others know';
const SEVERAL = 'several films are called so in that year, and only a person can tell which is meant';
const NONE = 'no film of exactly that name and year is known, here or to the source of metadata';
const AT_ONCE = 4;

/** Whatever a file says: what is no year is none, and the title is told without. */
const withYear = ({ year = 0, ...title }: ExportedTitle): ExportedTitle =>
  Number.isInteger(year) && year > 0 && year <= 9_999 ? { ...title, year } : title;

/** Some exports name films by name and year alone: those that nobody here knows are looked up, and what is found comes with its id. */
async function titlesOf({ claims, findFilm }: Pick<ArrivalDeps, 'claims' | 'findFilm'>, records: readonly ExportedRecord[]) {
  const titles = [
    ...(await claims.resolve(
      records.map(({ title }) => withYear(title)),
      { create: true },
    )),
  ];
  const reasons = new Map<ExportedRecord, string>();
  const named = records.flatMap((record, index) => {
    const { kind, ids, title, year } = withYear(record.title);
    const isNamed = kind === 'movie' && Object.keys(ids).length === 0 && title !== undefined && year !== undefined;
    return isNamed && titles[index] === undefined ? [{ record, index, film: { title, year } }] : [];
  });
  const found: Readonly<{ index: number; title: ExportedRecord['title'] }>[] = [];
  for (let from = 0; from < named.length; from += AT_ONCE) {
    const some = named.slice(from, from + AT_ONCE);
    const answers = await Promise.all(some.map(({ film }) => findFilm(film)));
    some.forEach(({ record, index }, at) => {
      const answer = answers[at];
      if (typeof answer === 'object') found.push({ index, title: { ...record.title, ids: answer.ids } });
      if (answer === 'several' || answer === 'none') reasons.set(record, answer === 'several' ? SEVERAL : NONE);
    });
  }
  const made = await claims.resolve(
    found.map(({ title }) => title),
    { create: true },
  );
  found.forEach(({ index }, at) => {
    titles[index] = made[at];
  });
  return { titles, reasons };
}

function leave(tally: Tally, { title, place }: ExportedRecord, reason: string): void {
  tally.left.push({ title: title.title ?? '', place, reason });
}

/** What the record tells of each movie or episode, and which episodes nobody knows. */
function viewingsIn(record: ExportedRecord, mediaId: MediaId | undefined, byEpisode: ReadonlyMap<ExportedEpisode, MediaId | undefined>) {
  const watches = new Map<MediaId, ExportedWatch[]>();
  const standings = new Map<MediaId, ExportedStanding>();
  const missing = new Set<string>();
  const idOf = ({ episode }: ExportedWatch): MediaId | undefined => {
    const id = episode === undefined ? (record.title.kind === 'movie' ? mediaId : undefined) : byEpisode.get(episode);
    if (id === undefined) missing.add(episode ? `season ${episode.season} episode ${episode.number}` : 'the show as a whole');
    return id;
  };
  for (const watch of record.watches) {
    const id = idOf(watch);
    if (id !== undefined) watches.set(id, [...(watches.get(id) ?? []), watch]);
  }
  for (const standing of record.standings) {
    const id = idOf(standing);
    if (id !== undefined) standings.set(id, standing);
  }
  const viewings = new Map(
    [...new Set([...watches.keys(), ...standings.keys()])].map((id): [MediaId, ToldViewing] => {
      const standing = standings.get(id);
      return [id, { watches: watches.get(id) ?? [], ...(standing && { standing }) }];
    }),
  );
  const playbacks = (record.playbacks ?? []).flatMap((playback): readonly ToldPlayback[] => {
    const id = idOf(playback);
    return id === undefined ? [] : [{ mediaId: id, progress: playback.percent, at: playback.at }];
  });
  return { viewings, playbacks, missing };
}

/** One of each title, the last; none is of a day that has not come. */
const playbacksIn = (meant: readonly Meant[], now: Instant): readonly ToldPlayback[] => [
  ...new Map(
    meant
      .flatMap(({ playbacks }) => playbacks)
      .sort((one, other) => one.at - other.at)
      .map((one) => [one.mediaId, { ...one, at: Math.min(one.at, now) }] as const),
  ).values(),
];

async function takeViewings(handle: Handle, person: PersonId, meant: readonly Meant[], now: Instant) {
  const told = new Map(meant.flatMap(({ viewings }) => [...viewings]));
  const viewing = createViewingStore(handle);
  const media = [...told.keys()];
  const [known, plays] = [await viewing.viewings(person, media), await viewing.plays(person, media)];
  const newPlays: NewPlay[] = [];
  const states: StoredViewing[] = [];
  for (const [mediaId, one] of told) {
    const before = known.get(mediaId);
    const plan = planViewing({ told: one, plays: plays.get(mediaId) ?? [], now, ...(before && { known: before }) });
    for (const play of plan.plays)
      newPlays.push({ mediaId, ...play, evidence: { how: 'migration', event: EVENT, receivedAt: now, ...play } });
    if (plan.state) states.push({ ...plan.state, mediaId, event: EVENT, createdAt: before?.createdAt ?? now, updatedAt: now });
  }
  await viewing.saveViewings(person, states);
  await viewing.addPlays(person, newPlays, now);
  const isMark = ({ mediaId, watched }: StoredViewing): boolean => watched && known.get(mediaId)?.watched !== true;
  return {
    plays: newPlays.length,
    marks: states.filter(isMark).length,
    positions: states.filter((state) => state.positionMs > 0 && !isMark(state)).map(({ mediaId }) => mediaId),
    changed: [...newPlays, ...states].map(({ mediaId }) => mediaId),
  };
}

type TitleRun = Readonly<{ person: PersonId; meant: readonly Meant[]; now: Instant; tally: Tally }>;

async function takeTitles({ memos }: ArrivalDeps, handle: Handle, { person, meant, now, tally }: TitleRun): Promise<readonly MediaId[]> {
  const named = meant.flatMap(({ record, mediaId }) => (mediaId === undefined ? [] : [{ record, mediaId }]));
  const ids = named.map(({ mediaId }) => mediaId);
  const [lists, ratings] = [createLists(handle), createRatings(handle)];
  const [listed, rated, noted] = [await lists.of(person, ids), await ratings.of(person, ids), await memos.of(handle, person, ids)];
  const plans = named.map(({ record, mediaId }) => {
    const [list, rating] = [listed.get(mediaId), rated.get(mediaId)];
    const plan = planTitle({ told: record, mediaId, hasMemo: noted.has(mediaId), now, ...(list && { list }), ...(rating && { rating }) });
    for (const reason of plan.kept) tally.left.push({ title: record.title.title ?? '', place: record.place, reason });
    return { mediaId, ...plan };
  });
  const [newLists, newRatings] = [plans.flatMap(({ list }) => list ?? []), plans.flatMap(({ rating }) => rating ?? [])];
  const newMemos = new Map(plans.flatMap(({ mediaId, memo }) => (memo ? [[mediaId, memo] as const] : [])));
  await lists.put(person, newLists);
  await ratings.put(person, newRatings);
  await memos.put(handle, person, newMemos);
  tally.lists += newLists.length;
  tally.ratings += newRatings.length;
  tally.memos += newMemos.size;
  return [...newLists.map((one) => one.mediaId), ...newRatings.map((one) => one.mediaId), ...newMemos.keys()];
}
