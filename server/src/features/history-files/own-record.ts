import type {
  ExportedEpisode,
  ExportedList,
  ExportedPlayback,
  ExportedRating,
  ExportedRecord,
  ExportedStanding,
  ExportedTitle,
  ExportedWatch,
} from '#core/upstreams/index.ts';
import { ratingOf } from '#core/upstreams/index.ts';
import type { ExternalIds } from '#kernel/external-ids.ts';
import { days, fromIso, type Instant } from '#kernel/instant.ts';
import { isRecord, recordsIn } from '#kernel/json.ts';

type Raw = Readonly<Record<string, unknown>>;
type Leave = (reason: string) => void;

const LISTS: readonly string[] = ['watching', 'plantowatch', 'hold', 'completed', 'dropped'] satisfies readonly ExportedList[];
const isList = (value: unknown): value is ExportedList => typeof value === 'string' && LISTS.includes(value);

const instantIn = (value: unknown): Instant | undefined => (typeof value === 'string' ? fromIso(value) : undefined);
const dayIn = (value: unknown): Readonly<{ at?: Instant }> => {
  const at = instantIn(value);
  return at === undefined ? {} : { at };
};

const idsIn = (value: unknown): ExternalIds =>
  Object.fromEntries(
    Object.entries(isRecord(value) ? value : {}).flatMap(([provider, id]) =>
      typeof id === 'string' || typeof id === 'number' ? [[provider, String(id)]] : [],
    ),
  );

/** What one title of our own document tells, or undefined where it names none. `leave` hears of each part that cannot be read. */
export function recordIn(raw: unknown, place: string, leave: Leave): ExportedRecord | undefined {
  const title = isRecord(raw) ? titleIn(raw) : undefined;
  if (!isRecord(raw) || title === undefined) {
    leave('it names no title');
    return undefined;
  }
  const list = listIn(raw.list, leave);
  const rating = isRecord(raw.rating) ? ratedIn(raw.rating, leave) : undefined;
  const memo =
    isRecord(raw.memo) && typeof raw.memo.text === 'string' ? { text: raw.memo.text, isPrivate: raw.memo.private !== false } : undefined;
  const playbacks = recordsIn(raw.playbacks).flatMap((one) => playbackIn(title, one, leave));
  return {
    title,
    place,
    ...(list && { list }),
    ...(rating && { rating }),
    ...(memo && { memo }),
    watches: recordsIn(raw.watches).map((one): ExportedWatch => ({ ...episodeOf(title, one), ...dayIn(one.at) })),
    standings: recordsIn(raw.standings).map((one) => standingIn(title, one, leave)),
    ...(playbacks.length > 0 && { playbacks }),
  };
}

function titleIn({ kind, title, year, ids }: Raw): ExportedTitle | undefined {
  if (kind !== 'movie' && kind !== 'show') return undefined;
  const known = idsIn(ids);
  if (typeof title !== 'string' && Object.keys(known).length === 0) return undefined;
  return { kind, ...(typeof title === 'string' && { title }), ...(typeof year === 'number' && { year }), ids: known };
}

function listIn(raw: unknown, leave: Leave): ExportedRecord['list'] | undefined {
  if (!isRecord(raw)) return undefined;
  if (isList(raw.name)) return { name: raw.name, ...dayIn(raw.since) };
  leave(`the list "${String(raw.name)}" is unknown`);
  return undefined;
}

function ratedIn(raw: Raw, leave: Leave): ExportedRating | undefined {
  const rating = ratingOf(raw.value, instantIn(raw.at));
  if (rating === undefined) leave('its rating is none from 1 to 10');
  return rating;
}

function episodeIn({ season, episode, title, ids }: Raw): ExportedEpisode | undefined {
  if (typeof season !== 'number' || typeof episode !== 'number') return undefined;
  return { season, number: episode, ...(typeof title === 'string' && { title }), ids: idsIn(ids) };
}

function episodeOf(title: ExportedTitle, raw: Raw): Readonly<{ episode?: ExportedEpisode }> {
  const episode = title.kind === 'show' ? episodeIn(raw) : undefined;
  return episode === undefined ? {} : { episode };
}

/** Longer than anything that is watched: two months. */
const LONGEST = days(62);
const isPlace = (ms: unknown): ms is number => typeof ms === 'number' && Number.isInteger(ms) && ms >= 0 && ms <= LONGEST;

function standingIn(title: ExportedTitle, raw: Raw, leave: Leave): ExportedStanding {
  const { position } = raw;
  if (isRecord(position) && !isPlace(position.ms)) leave('where somebody stopped is no time within a title');
  return {
    ...episodeOf(title, raw),
    watched: raw.watched === true,
    ...dayIn(raw.at),
    ...(isRecord(position) && isPlace(position.ms) && { position: { ms: position.ms, ...dayIn(position.at) } }),
  };
}

function playbackIn(title: ExportedTitle, raw: Raw, leave: Leave): readonly ExportedPlayback[] {
  const { percent } = raw;
  const at = instantIn(raw.at);
  if (typeof percent === 'number' && percent > 0 && percent <= 100 && at !== undefined) return [{ ...episodeOf(title, raw), percent, at }];
  leave('where an app stopped is no percentage of a day');
  return [];
}
