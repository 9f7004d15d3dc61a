import {
  baseName,
  createExportedTitles,
  type ExportedEpisode,
  type ExportedFile,
  type ExportedTitle,
  type ExportedTitles,
  type HistoryFileReader,
  ratingOf,
} from '#core/upstreams/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { ExternalIds } from '#kernel/external-ids.ts';
import { fromIso } from '#kernel/instant.ts';
import { isRecord, recordsIn } from '#kernel/json.ts';

type Told = ExportedTitles;
type Raw = Record<string, unknown>;

/** Large lists come in numbered parts. Watches by the day come first: the counts after them only add what is missing. */
const READERS: readonly (readonly [RegExp, (told: Told, raw: Raw, place: string) => void])[] = [
  [/^(?:watched-)?history(?:-\d+)?\.json$/, readWatch],
  [/^watched-movies(?:-\d+)?\.json$/, readWatchedMovie],
  [/^watched-shows(?:-\d+)?\.json$/, readWatchedShow],
  [/^ratings-(?:movies|shows|seasons|episodes)(?:-\d+)?\.json$/, readRating],
  [/^(?:lists-)?watchlist(?:-\d+)?\.json$/, readListed],
  [/^hidden-(?:items-)?dropped(?:-\d+)?\.json$/, readDropped],
];
const WITHOUT_PLACE: readonly (readonly [RegExp, string])[] = [
  [/^(?:lists-list|lists-favorites|lists-lists)/, 'lists of one’s own have no place here'],
  [/^collection-/, 'what somebody owns is told by their servers'],
  [/^(?:comments|notes)-/, 'comments and notes of Trakt have no place here'],
];

const partOf = (name: string): number => Number(/-(\d+)\.json$/.exec(name)?.[1] ?? 0);

export const traktExport: HistoryFileReader = {
  format: 'trakt',
  title: 'Trakt',
  recognises: (files) => files.some(({ name }) => READERS.some(([pattern]) => pattern.test(baseName(name)))),
  read(files) {
    const told = createExportedTitles();
    const rest = new Set(files);
    for (const [pattern, reader] of READERS) {
      const parts = files.filter(({ name }) => pattern.test(baseName(name))).sort((one, other) => partOf(one.name) - partOf(other.name));
      for (const file of parts) {
        rest.delete(file);
        readList(told, file, reader);
      }
    }
    return told.told([...rest].filter((file) => !isLeft(told, file)).map((file) => file.name));
  },
};

function readList(told: Told, file: ExportedFile, reader: (typeof READERS)[number][1]): void {
  for (const [index, raw] of listIn(file).entries()) {
    const place = `${file.name}, entry ${index + 1}`;
    if (isRecord(raw)) reader(told, raw, place);
    else told.leave(place, 'it is no entry');
  }
}

function isLeft(told: Told, { name, text }: ExportedFile): boolean {
  const reason = WITHOUT_PLACE.find(([pattern]) => pattern.test(baseName(name)))?.[1];
  if (reason !== undefined && text.trim() !== '[]') told.leave(name, reason);
  return reason !== undefined;
}

const noJson = (name: string, cause: unknown): AppError =>
  new AppError('invalid', `${name} is no JSON file.`, { cause, details: { field: name } });

function listIn({ name, text }: ExportedFile): readonly unknown[] {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch (cause) {
    throw noJson(name, cause);
  }
  if (!Array.isArray(list)) throw new AppError('invalid', `${name} holds no list.`, { details: { field: name } });
  return list;
}

/** Ids that others know too; Trakt's own lead nowhere else. */
const PROVIDERS = ['imdb', 'tmdb', 'tvdb'] as const;

function idsOf(raw: unknown): ExternalIds {
  const ids = isRecord(raw) ? raw : {};
  return Object.fromEntries(
    PROVIDERS.flatMap((provider) => {
      const id = ids[provider];
      return (typeof id === 'number' && id > 0) || (typeof id === 'string' && id !== '') ? [[provider, String(id)]] : [];
    }),
  );
}

function titleOf(raw: Raw, kind: 'movie' | 'show'): ExportedTitle | undefined {
  const found = raw[kind];
  if (!isRecord(found)) return undefined;
  const { title, year } = found;
  const ids = idsOf(found.ids);
  if (typeof title !== 'string' && Object.keys(ids).length === 0) return undefined;
  return { kind, ...(typeof title === 'string' && { title }), ...(typeof year === 'number' && { year }), ids };
}

function episodeOf(raw: unknown): ExportedEpisode | undefined {
  if (!isRecord(raw) || typeof raw.season !== 'number' || typeof raw.number !== 'number') return undefined;
  return {
    season: raw.season,
    number: raw.number,
    ...(typeof raw.title === 'string' && { title: raw.title }),
    ids: idsOf(raw.ids),
  };
}

const instantIn = (raw: Raw, member: string): number | undefined => {
  const text = raw[member];
  return typeof text === 'string' ? fromIso(text) : undefined;
};

function readWatch(told: Told, raw: Raw, place: string): void {
  const at = instantIn(raw, 'watched_at');
  const movie = titleOf(raw, 'movie');
  if (movie) {
    told.watched(movie, at === undefined ? {} : { at }, place);
    return;
  }
  const [show, episode] = [titleOf(raw, 'show'), episodeOf(raw.episode)];
  if (!show || !episode) {
    told.leave(place, 'it names neither a movie nor an episode of a series');
    return;
  }
  told.watched(show, { episode, ...(at !== undefined && { at }) }, place);
}

/** More than anybody watches one title: a broken count would else become so many plays. */
const MOST_PLAYS = 10_000;

/** What is counted beyond the watches that are known by their days: the newest on the last day, the rest on no day. */
function addMissing(told: Told, title: ExportedTitle, raw: Raw, place: string, episode?: ExportedEpisode): void {
  const known = told.watchesOf(title, place, episode).length;
  const counted = typeof raw.plays === 'number' ? raw.plays : 1;
  const plays = counted > MOST_PLAYS ? 1 : counted;
  if (counted > MOST_PLAYS) told.leave(place, `it counts ${counted} plays of one title, of which one is taken`);
  const at = known === 0 ? instantIn(raw, 'last_watched_at') : undefined;
  for (let missing = plays - known; missing > 0; missing -= 1) {
    const day = at !== undefined && missing === plays - known ? { at } : {};
    told.watched(title, { ...day, ...(episode && { episode }) }, place);
  }
}

function readWatchedMovie(told: Told, raw: Raw, place: string): void {
  const movie = titleOf(raw, 'movie');
  if (movie) addMissing(told, movie, raw, place);
  else told.leave(place, 'it names no movie');
}

function readWatchedShow(told: Told, raw: Raw, place: string): void {
  const show = titleOf(raw, 'show');
  if (!show) {
    told.leave(place, 'it names no series');
    return;
  }
  for (const season of recordsIn(raw.seasons)) {
    for (const each of recordsIn(season.episodes)) {
      const episode = episodeOf({ ...each, season: season.number });
      if (episode) addMissing(told, show, each, place, episode);
    }
  }
}

function readRating(told: Told, raw: Raw, place: string): void {
  const rating = ratingOf(raw.rating, instantIn(raw, 'rated_at'));
  if (!rating) {
    told.leave(place, 'its rating is none from 1 to 10');
    return;
  }
  const [movie, show] = [titleOf(raw, 'movie'), titleOf(raw, 'show')];
  if (movie) told.rated(movie, rating, place);
  else if (raw.season !== undefined || raw.episode !== undefined) told.leave(place, 'ratings of seasons and episodes have no place here');
  else if (show) told.rated(show, rating, place);
  else told.leave(place, 'it names no title');
}

function readListed(told: Told, raw: Raw, place: string): void {
  if (raw.season !== undefined || raw.episode !== undefined) {
    told.leave(place, 'seasons and episodes are on no list here');
    return;
  }
  const title = titleOf(raw, 'movie') ?? titleOf(raw, 'show');
  if (title) told.listed(title, 'plantowatch', instantIn(raw, 'listed_at'), place);
  else told.leave(place, 'it names no title');
}

function readDropped(told: Told, raw: Raw, place: string): void {
  const show = titleOf(raw, 'show');
  if (show) told.listed(show, 'dropped', instantIn(raw, 'hidden_at'), place);
  else told.leave(place, 'it names no series');
}
