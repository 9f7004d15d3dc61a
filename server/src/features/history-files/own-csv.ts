import { stringify } from 'csv-stringify/sync';
import {
  type CsvRow,
  csvColumns,
  csvRows,
  type ExportedEpisode,
  type ExportedHistory,
  type ExportedRecord,
  type ExportedTitle,
  type HistoryFileReader,
  type LeftOut,
} from '#core/upstreams/index.ts';
import type { ExternalIds } from '#kernel/external-ids.ts';
import { type Instant, toIso } from '#kernel/instant.ts';
import { recordIn } from './own-record.ts';

const COLUMNS = [
  'what',
  'kind',
  'title',
  'year',
  'ids',
  'season',
  'episode',
  'episode_title',
  'episode_ids',
  'at',
  'value',
  'position_ms',
  'position_at',
] as const;
type Column = (typeof COLUMNS)[number];
type Line = Readonly<Partial<Record<Column, string | number>>>;

const idsText = (ids: ExternalIds): string => new URLSearchParams(ids).toString();
const day = (at: Instant | undefined): string => (at === undefined ? '' : toIso(at));

const episodeLine = (episode: ExportedEpisode | undefined): Line =>
  episode === undefined
    ? {}
    : { season: episode.season, episode: episode.number, episode_title: episode.title ?? '', episode_ids: idsText(episode.ids) };

/** A spreadsheet takes what begins so for a formula. A mark before it makes a text of it, and is taken away when it is read. */
const FORMULA = /^['=+\-@\t\r]/;
const asText = (value: string | number): string | number => (typeof value === 'string' && FORMULA.test(value) ? `'${value}` : value);
const asWas = (text: string): string => (text.startsWith("'") ? text.slice(1) : text);

/** A line for each thing that is known of a title. */
function linesOf({ title, watches, standings, playbacks = [], list, rating, memo }: ExportedRecord): readonly Line[] {
  const head: Line = { kind: title.kind, title: title.title ?? '', year: title.year ?? '', ids: idsText(title.ids) };
  const lines: Line[] = [
    ...(list ? [{ what: 'list', at: day(list.at), value: list.name }] : []),
    ...(rating ? [{ what: 'rating', at: day(rating.at), value: rating.value }] : []),
    ...(memo ? [{ what: memo.isPrivate ? 'private memo' : 'memo', value: memo.text }] : []),
    ...watches.map(({ at, episode }) => ({ what: 'watch', at: day(at), ...episodeLine(episode) })),
    ...standings.map(({ at, episode, watched, position }) => ({
      what: 'standing',
      at: day(at),
      value: watched ? 'watched' : 'not watched',
      ...(position && { position_ms: position.ms, position_at: day(position.at) }),
      ...episodeLine(episode),
    })),
    ...playbacks.map(({ at, episode, percent }) => ({ what: 'playback', at: day(at), value: percent, ...episodeLine(episode) })),
  ];
  // A title of which nothing is known but that it is there.
  return (lines.length === 0 ? [{ what: 'title' }] : lines).map((line) => ({ ...head, ...line }));
}

/** The whole history in lines, title after title. */
export async function* writeCsv(records: AsyncIterable<ExportedRecord>): AsyncGenerator<string, void, undefined> {
  yield stringify([[...COLUMNS]]);
  for await (const record of records) yield stringify(linesOf(record).map((line) => COLUMNS.map((column) => asText(line[column] ?? ''))));
}

export const ownCsv: HistoryFileReader = {
  format: 'usherr-csv',
  title: 'Usherr (CSV)',
  recognises: (files) => files.some(({ text }) => COLUMNS.every((name) => csvColumns(text).includes(name))),
  read(files): ExportedHistory {
    const leftOut: LeftOut[] = [];
    const records: ExportedRecord[] = [];
    const unread: string[] = [];
    for (const file of files) {
      if (!ownCsv.recognises([file])) {
        unread.push(file.name);
        continue;
      }
      const titles = Map.groupBy(csvRows(file), (row) => JSON.stringify(titleOf(row)));
      for (const rows of titles.values()) {
        const [first] = rows;
        if (first === undefined) continue;
        const record = recordIn(rawOf(rows, leftOut), first.place, (reason) => leftOut.push({ place: first.place, reason }));
        if (record) records.push(record);
      }
    }
    return { records, leftOut, unread };
  },
};

const idsOf = (text: string): ExternalIds => Object.fromEntries(new URLSearchParams(asWas(text)));
const numberOf = (text: string): number | undefined => (/^\d+$/.test(text) ? Number(text) : undefined);

const decimalOf = (text: string): number | undefined => (/^\d+(\.\d+)?(e-\d+)?$/.test(text) ? Number(text) : undefined);

function titleOf(row: CsvRow): Record<keyof ExportedTitle, unknown> {
  const title = asWas(row.of('title'));
  return { kind: row.of('kind'), title: title === '' ? undefined : title, year: numberOf(row.of('year')), ids: idsOf(row.of('ids')) };
}

const episodeOf = (row: CsvRow): Record<string, unknown> => ({
  season: numberOf(row.of('season')),
  episode: numberOf(row.of('episode')),
  title: asWas(row.of('episode_title')) || undefined,
  ids: idsOf(row.of('episode_ids')),
});

/** The lines of one title as its member of the JSON document. */
function rawOf(rows: readonly CsvRow[], leftOut: LeftOut[]): Record<string, unknown> {
  const raw = { watches: [] as unknown[], standings: [] as unknown[], playbacks: [] as unknown[] };
  const more: Record<string, unknown> = {};
  const readers: Readonly<Record<string, (row: CsvRow) => void>> = {
    title: () => undefined,
    list: (row) => (more.list = { name: row.of('value'), since: row.of('at') }),
    rating: (row) => (more.rating = { value: row.of('value'), at: row.of('at') }),
    memo: (row) => (more.memo = { text: asWas(row.of('value')), private: false }),
    'private memo': (row) => (more.memo = { text: asWas(row.of('value')), private: true }),
    watch: (row) => raw.watches.push({ ...episodeOf(row), at: row.of('at') }),
    standing: (row) =>
      raw.standings.push({
        ...episodeOf(row),
        watched: row.of('value') === 'watched',
        at: row.of('at'),
        position: row.of('position_ms') === '' ? undefined : { ms: numberOf(row.of('position_ms')), at: row.of('position_at') },
      }),
    playback: (row) => raw.playbacks.push({ ...episodeOf(row), percent: decimalOf(row.of('value')), at: row.of('at') }),
  };
  for (const row of rows) {
    const reader = readers[row.of('what')];
    if (reader) reader(row);
    else leftOut.push({ place: row.place, reason: `"${row.of('what')}" is nothing that this file can tell` });
  }
  const [first] = rows;
  return { ...(first && titleOf(first)), ...raw, ...more };
}
