import {
  baseName,
  type CsvRow,
  createExportedTitles,
  csvColumns,
  csvRows,
  type ExportedEpisode,
  type ExportedFile,
  type ExportedTitle,
  type ExportedTitles,
  type HistoryFileReader,
  nameAndYear,
} from '#core/upstreams/index.ts';
import { fromIso, fromUnix, type Instant } from '#kernel/instant.ts';

/** What a file is, told by its columns: people rename files. */
const KINDS = {
  series: ['key', 's_id', 'series_name'],
  titles: ['type', 'movie_name', 'series_name'],
  followed: ['tv_show_id', 'tv_show_name', 'archived'],
  special: ['tv_show_id', 'tv_show_name', 'status'],
} as const;
type Kind = keyof typeof KINDS;

const kindOf = ({ text }: ExportedFile): Kind | undefined => {
  const columns = csvColumns(text);
  return (Object.keys(KINDS) as Kind[]).find((kind) => KINDS[kind].every((name) => columns.includes(name)));
};

type Told = ExportedTitles;

export const tvTimeExport: HistoryFileReader = {
  format: 'tv-time',
  title: 'TV Time',
  recognises: (files) => files.some((file) => kindOf(file) !== undefined),
  read(files) {
    const told = createExportedTitles();
    const sorted = files.map((file) => ({ file, kind: kindOf(file) }));
    const rowsOf = (wanted: Kind): readonly CsvRow[] => sorted.flatMap(({ file, kind }) => (kind === wanted ? csvRows(file) : []));
    const series = rowsOf('series');
    for (const row of series) readSeriesRow(told, row);
    for (const row of rowsOf('titles')) readTitleRow(told, row, series.length === 0);
    for (const row of rowsOf('followed')) readFollowed(told, row);
    for (const row of rowsOf('special')) readSpecial(told, row);
    return told.told(sorted.filter(({ kind }) => kind === undefined).map(({ file }) => baseName(file.name)));
  },
};

const showOf = (name: string, tvdb: string): ExportedTitle => ({
  kind: 'show',
  ...nameAndYear(name),
  ids: /^[1-9]\d*$/.test(tvdb) ? { tvdb } : {},
});

/** `2023-11-04 15:30:38` is UTC. */
const instantOf = (text: string): Instant | undefined => fromIso(text.replace(' ', 'T'));

function whole(...texts: readonly string[]): number | undefined {
  const text = texts.find((one) => /^\d+$/.test(one));
  return text === undefined ? undefined : Number(text);
}

function readSeriesRow(told: Told, row: CsvRow): void {
  const key = row.of('key');
  const show = showOf(row.of('series_name'), row.of('s_id'));
  if (/^(re)?watch-episode-/.test(key)) {
    const episode = episodeOf(row);
    const at = instantOf(row.of('created_at'));
    if (episode === undefined || (show.title === '' && show.ids.tvdb === undefined)) {
      told.leave(row.place, 'it names no episode of a series');
      return;
    }
    told.watched(show, { episode, ...(at !== undefined && { at }) }, row.place);
    return;
  }
  if (!key.startsWith('user-series-')) return;
  const at = instantOf(row.of('followed_at')) ?? instantOf(row.of('created_at'));
  if (row.of('is_for_later') === 'true') told.listed(show, 'plantowatch', at, row.place);
  else if (row.of('is_archived') === 'true') told.listed(show, 'hold', at, row.place);
  else if (row.of('is_followed') === 'true') told.listed(show, 'watching', at, row.place);
}

function episodeOf(row: CsvRow): ExportedEpisode | undefined {
  const season = whole(row.of('s_no'), row.of('season_number'));
  const number = whole(row.of('ep_no'), row.of('episode_number'));
  return season === undefined || number === undefined ? undefined : { season, number, ids: {} };
}

const isWatch = (type: string): boolean => type === 'watch' || type === 'rewatch';

/** The older file: films, and episodes too, which the newer one repeats. */
function readTitleRow(told: Told, row: CsvRow, withEpisodes: boolean): void {
  const type = row.of('type');
  const seconds = whole(row.of('watch_date'));
  const at = seconds === undefined ? instantOf(row.of('created_at')) : fromUnix(seconds);
  const day = at === undefined ? {} : { at };
  const film = filmOf(row);
  if (film && type === 'towatch') told.listed(film, 'plantowatch', at, row.place);
  if (film && isWatch(type)) told.watched(film, day, row.place);
  if (film || !withEpisodes || !isWatch(type)) return;
  const episode = episodeOf(row);
  if (episode && row.of('series_name') !== '')
    told.watched(showOf(row.of('series_name'), row.of('series_id')), { episode, ...day }, row.place);
  else told.leave(row.place, 'it names no episode of a series');
}

function filmOf(row: CsvRow): ExportedTitle | undefined {
  const title = row.of('movie_name');
  const year = whole(row.of('release_date').slice(0, 4));
  return title === '' ? undefined : { kind: 'movie', title, ...(year !== undefined && year > 1800 && { year }), ids: {} };
}

function readFollowed(told: Told, row: CsvRow): void {
  const show = showOf(row.of('tv_show_name'), row.of('tv_show_id'));
  if (show.title === '' || told.listOf(show, row.place) !== undefined) return;
  const at = instantOf(row.of('created_at'));
  told.listed(show, row.of('archived') === '1' || row.of('active') === '0' ? 'hold' : 'watching', at, row.place);
}

function readSpecial(told: Told, row: CsvRow): void {
  const show = showOf(row.of('tv_show_name'), row.of('tv_show_id'));
  if (row.of('status') === 'for_later') told.listed(show, 'plantowatch', instantOf(row.of('created_at')), row.place);
  else told.leave(row.place, `the standing "${row.of('status')}" has no place here`);
}
