import type { TitleClaim } from '#core/media/index.ts';
import { isRating } from '#core/viewing/index.ts';
import {
  type EpisodeWord,
  type HistoryWord,
  type LooseEpisode,
  MEMO_LENGTH,
  type Memo,
  type Numbering,
  REWATCH_STATUSES,
  type RemovalWord,
  type RewatchWord,
  type SeasonWord,
} from '#features/tracker/index.ts';
import { invalid } from '#kernel/app-error.ts';
import type { Instant } from '#kernel/instant.ts';
import { isRecord, type JsonObject } from '#kernel/json.ts';
import { toldList } from './list-words.ts';
import { dateOf, isYes, namedEpisode, namedInItem, toldText, wholeNumber } from './told-title.ts';

/** An item of a body, with where it stood: what is echoed to the app is what it wrote. */
export type Item = Readonly<{ field: string; wrapper: 'movies' | 'shows' | 'anime' | 'episodes'; value: JsonObject }>;

export type SyncBody = Readonly<{ titles: readonly Item[]; episodes: readonly Item[]; whole: JsonObject }>;

const WRAPPERS = ['movies', 'shows', 'anime'] as const;

function itemsOf(body: JsonObject, wrapper: Item['wrapper']): readonly Item[] {
  const given = body[wrapper];
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given)) throw invalid(wrapper, 'is no list.');
  return given.map((value: unknown, index): Item => {
    const field = `${wrapper}[${index}]`;
    if (!isRecord(value)) throw invalid(field, 'is no title.');
    return { field, wrapper, value: value as JsonObject };
  });
}

/** What a body names, in its order: movies, shows, anime, and episodes by themselves. Nothing is an empty body. */
export function readBody(body: unknown): SyncBody {
  if (body === undefined || body === null) return { titles: [], episodes: [], whole: {} };
  if (!isRecord(body)) throw invalid('body', 'is no object with movies, shows, anime or episodes.');
  const whole = body as JsonObject;
  return { titles: WRAPPERS.flatMap((wrapper) => itemsOf(whole, wrapper)), episodes: itemsOf(whole, 'episodes'), whole };
}

/** Whether a body names titles at all. */
export const namesTitles = (body: unknown): boolean => isRecord(body) && [...WRAPPERS, 'episodes'].some((name) => body[name] !== undefined);

/** Anime may be a series or a film: what nobody knows yet is a series. */
export function claimOf({ wrapper, value }: Item): TitleClaim {
  const named = namedInItem(value);
  if (wrapper === 'movies') return { kind: 'movie', ...named };
  return wrapper === 'shows' ? { kind: 'show', ...named } : { kind: 'any', madeAs: 'show', ...named };
}

const SITES = ['mal', 'anidb', 'anilist', 'kitsu'] as const;

/**
 * How an item counts episodes. Titles of anime count from 1 in each cour, under whichever member they stand, unless the item says that it
 * has the seasons of TVDB; so do episodes without a season of what is called anime. Movies have none.
 */
export function numberingOf({ wrapper, value }: Item): Readonly<{ numbering?: Numbering }> {
  if (wrapper === 'movies') return {};
  const ids = isRecord(value.ids) ? value.ids : {};
  return numberingIn(ids, {
    isFlatAnime: wrapper === 'anime' && value.seasons === undefined,
    hasTvdbSeasons: value.use_tvdb_anime_seasons,
  });
}

/** The same of a title by its ids, wherever these stand. */
export function numberingIn(
  ids: Readonly<Record<string, unknown>>,
  { isFlatAnime, hasTvdbSeasons }: Readonly<{ isFlatAnime: boolean; hasTvdbSeasons: unknown }>,
): Readonly<{ numbering?: Numbering }> {
  if (hasTvdbSeasons === true || isYes(hasTvdbSeasons)) return { numbering: 'tvdb' };
  const isOfSites = SITES.some((site) => ids[site] !== undefined && ids[site] !== null);
  return isOfSites || isFlatAnime ? { numbering: 'native' } : {};
}

const dayIn = (field: string, value: unknown): Readonly<{ day?: Instant }> => {
  const day = dateOf(field, value);
  return day === undefined ? {} : { day };
};

function listIn(field: string, value: unknown): readonly JsonObject[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw invalid(field, 'is no list.');
  return value.map((one: unknown, index) => {
    if (!isRecord(one)) throw invalid(`${field}[${index}]`, 'is no object.');
    return one as JsonObject;
  });
}

function episodesIn(field: string, value: unknown): readonly EpisodeWord[] | undefined {
  return listIn(field, value)?.map((one, index): EpisodeWord => {
    const at = `${field}[${index}]`;
    const named = namedEpisode(one);
    if (named === undefined) throw invalid(`${at}.number`, 'is missing');
    return { ...named, ...dayIn(`${at}.watched_at`, one.watched_at) };
  });
}

/** Undefined where the item speaks of the whole title, as every movie does. Episodes without a season are those of the first. */
export function seasonsIn({ field, value, wrapper }: Item): readonly SeasonWord[] | undefined {
  if (wrapper === 'movies') return undefined;
  const seasons = listIn(`${field}.seasons`, value.seasons)?.map((one, index): SeasonWord => {
    const at = `${field}.seasons[${index}]`;
    const number = wholeNumber(one.number);
    if (number === undefined) throw invalid(`${at}.number`, one.number === undefined ? 'is missing' : 'is no number of a season.');
    const episodes = episodesIn(`${at}.episodes`, one.episodes);
    return { number, ...dayIn(`${at}.watched_at`, one.watched_at), ...(episodes && { episodes }) };
  });
  const flat = episodesIn(`${field}.episodes`, value.episodes);
  if (seasons === undefined && flat === undefined) return undefined;
  return [...(seasons ?? []), ...(flat === undefined ? [] : [{ number: 1, episodes: flat }])];
}

const cut = (text: string): string => [...text].slice(0, MEMO_LENGTH).join('');

function memoIn({ field, value }: Item): Readonly<{ memo?: Memo }> {
  if (value.memo === undefined || value.memo === null) return {};
  // An older client of this API sends the text alone.
  if (typeof value.memo === 'string') return { memo: { text: cut(value.memo.trim()), isPrivate: true } };
  if (!isRecord(value.memo)) throw invalid(`${field}.memo`, 'is no memo: send text and is_private.');
  const { text, is_private: told } = value.memo;
  return { memo: { text: cut(toldText(text) ?? ''), isPrivate: told === true || told === 1 || isYes(told) } };
}

/** 0 and nothing are no rating: some apps send them with every title. */
function ratingIn({ value }: Item): Readonly<{ rating?: number }> {
  const rating = wholeNumber(value.rating);
  return isRating(rating) ? { rating } : {};
}

/** One time more through a title. A word of status that is none is passed over, as what else nobody knows. */
function rewatchIn({ value }: Item): Readonly<{ rewatch?: RewatchWord }> {
  const id = wholeNumber(value.rewatch_id);
  const said = toldText(value.rewatch_status)?.toLowerCase();
  const status = REWATCH_STATUSES.find((one) => one === said);
  const begins = value.is_rewatch === true || isYes(value.is_rewatch);
  if (id === undefined && status === undefined && !begins) return {};
  return { rewatch: { begins, ...(id !== undefined && { id }), ...(status && { status }) } };
}

export function historyWordOf(item: Item): HistoryWord {
  const { field, value } = item;
  const addedAt = dateOf(`${field}.added_at`, value.added_at);
  const list = toldList(`${field}.status`, value.status);
  const seasons = seasonsIn(item);
  return {
    claim: claimOf(item),
    ...numberingOf(item),
    ...dayIn(`${field}.watched_at`, value.watched_at),
    ...(addedAt !== undefined && { addedAt }),
    ...(list && { list }),
    ...(seasons && { seasons }),
    ...memoIn(item),
    ...rewatchIn(item),
    ...ratingIn(item),
  };
}

export function removalWordOf(item: Item): RemovalWord {
  const seasons = seasonsIn(item);
  return { claim: claimOf(item), ...numberingOf(item), ...(seasons && { seasons }) };
}

/** An episode by ids of its own; its title and year are those of its show, which its number counts in. */
export function looseEpisodeOf({ field, value }: Item): LooseEpisode {
  const { ids: _, ...named } = namedInItem(value);
  const episode = namedEpisode(value) ?? {};
  const { title: __, ...numbered } = episode;
  return {
    ...numbered,
    ...dayIn(`${field}.watched_at`, value.watched_at),
    ...(named.title !== undefined && { show: { kind: 'show', ...named } }),
  };
}
