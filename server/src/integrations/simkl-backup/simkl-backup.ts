import {
  createExportedTitles,
  type ExportedEpisode,
  type ExportedFile,
  type ExportedList,
  type ExportedTitle,
  type ExportedTitles,
  type HistoryFileReader,
  ratingOf,
} from '#core/upstreams/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { ExternalIds } from '#kernel/external-ids.ts';
import { fromIso, type Instant } from '#kernel/instant.ts';
import { isRecord, recordsIn } from '#kernel/json.ts';

type Told = ExportedTitles;
type Raw = Record<string, unknown>;

const GROUPS = ['movies', 'shows', 'anime'] as const;
const LISTS: Readonly<Record<string, ExportedList>> = {
  watching: 'watching',
  plantowatch: 'plantowatch',
  plan_to_watch: 'plantowatch',
  hold: 'hold',
  completed: 'completed',
  dropped: 'dropped',
  notinteresting: 'dropped',
};

/** Dates before this say that nobody knows when. */
const LONG_AGO: Instant = Date.UTC(2000, 0, 1);

export const simklBackup: HistoryFileReader = {
  format: 'simkl',
  title: 'Simkl',
  recognises: (files) => files.some((file) => backupIn(file) !== undefined),
  read(files) {
    const told = createExportedTitles();
    const unread: string[] = [];
    for (const file of files) {
      const backup = backupIn(file);
      if (backup === undefined) unread.push(file.name);
      for (const group of GROUPS) {
        for (const [index, raw] of recordsIn(backup?.[group]).entries()) readEntry(told, raw, `${file.name}, ${group} ${index + 1}`);
      }
    }
    if (unread.length === files.length)
      throw new AppError('invalid', 'None of these files is a backup of Simkl.', { details: { field: 'file' } });
    return told.told(unread);
  },
};

/** `movies`, `shows` and `anime`, of which a backup has those that are not empty. */
function backupIn({ text }: ExportedFile): Raw | undefined {
  try {
    const value: unknown = JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text);
    return isRecord(value) && GROUPS.some((group) => Array.isArray(value[group])) ? value : undefined;
  } catch {
    return undefined;
  }
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

function instantOf(value: unknown): Instant | undefined {
  const at = fromIso(textOf(value));
  return at === undefined || at < LONG_AGO ? undefined : at;
}

const NOT_IDS = new Set(['slug', 'simkl_id']);

function idsOf(raw: unknown): ExternalIds {
  const ids = isRecord(raw) ? raw : {};
  const told = Object.entries(ids).filter(
    ([name, id]) => !NOT_IDS.has(name) && !name.endsWith('slug') && (typeof id === 'number' || textOf(id)),
  );
  const simkl = ids.simkl ?? ids.simkl_id;
  return {
    ...Object.fromEntries(told.map(([name, id]) => [name, String(id)])),
    ...((typeof simkl === 'number' || typeof simkl === 'string') && { simkl: String(simkl) }),
  };
}

/** Films among the anime are films. */
function titleOf(raw: Raw): ExportedTitle | undefined {
  const found = isRecord(raw.movie) ? raw.movie : isRecord(raw.show) ? raw.show : isRecord(raw.anime) ? raw.anime : raw;
  const kind = isRecord(raw.movie) || raw.anime_type === 'movie' ? 'movie' : 'show';
  const title = textOf(found.title);
  const ids = idsOf(found.ids);
  if (title === undefined && Object.keys(ids).length === 0) return undefined;
  const year = Number(found.year);
  return { kind, ...(title !== undefined && { title }), ...(year > 1800 && { year }), ids };
}

function readEntry(told: Told, raw: Raw, place: string): void {
  const title = titleOf(raw);
  if (!title) {
    told.leave(place, 'it names no title');
    return;
  }
  readWatches(told, title, raw, place);
  // Of a title that is watched again, the entry beside it alone says where it stands.
  if (raw.is_rewatch === true) return;
  const word = textOf(raw.status);
  const list = word === undefined ? undefined : LISTS[word];
  if (list) told.listed(title, list, instantOf(raw.added_to_watchlist_at), place);
  else if (word !== undefined) told.leave(place, `the list "${word}" is unknown`);
  const rating = ratingOf(raw.user_rating ?? raw.rating, instantOf(raw.user_rated_at ?? raw.rated_at));
  if (rating) told.rated(title, rating, place);
  const memo = isRecord(raw.memo) ? textOf(raw.memo.text) : textOf(raw.memo);
  if (memo !== undefined) told.noted(title, { text: memo, isPrivate: !isRecord(raw.memo) || raw.memo.is_private !== false }, place);
}

function readWatches(told: Told, title: ExportedTitle, raw: Raw, place: string): void {
  const last = instantOf(raw.last_watched_at);
  if (title.kind === 'movie') {
    if (last !== undefined || raw.status === 'completed') told.watched(title, last === undefined ? {} : { at: last }, place);
    return;
  }
  let count = 0;
  for (const season of recordsIn(raw.seasons)) {
    for (const each of recordsIn(season.episodes)) {
      const episode = episodeOf(season, each);
      if (!episode) continue;
      count += 1;
      const at = instantOf(each.watched_at);
      told.watched(title, { episode, ...(at !== undefined && { at }) }, place);
    }
  }
  const watched = Number(raw.watched_episodes_count);
  if (watched > count) told.leave(place, `it counts ${watched} watched episodes and names ${count}: a backup with episodes names them all`);
}

/** An anime's episodes have numbers of their own; where the backup says which they are of the series, that holds. */
function episodeOf(season: Raw, raw: Raw): ExportedEpisode | undefined {
  const tvdb = isRecord(raw.tvdb) ? raw.tvdb : {};
  const [inSeason, number] = [Number(tvdb.season ?? season.number), Number(tvdb.episode ?? raw.number)];
  if (!Number.isInteger(inSeason) || !Number.isInteger(number)) return undefined;
  const ids = isRecord(raw.ids) ? raw.ids : {};
  const id = ids.tvdb_id ?? ids.tvdb;
  return { season: inSeason, number, ids: typeof id === 'number' || typeof id === 'string' ? { tvdb: String(id) } : {} };
}
