import { stringify } from 'csv-stringify/sync';
import {
  type CsvRow,
  csvColumns,
  type ExportedEpisode,
  type ExportedFile,
  type ExportedHistory,
  type ExportedRecord,
  type ExportedTitle,
  eachCsvRow,
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
      for (const { raw, place } of titlesIn(file, leftOut)) {
        const record = recordIn(raw, place, (reason) => leftOut.push({ place, reason }));
        if (record) records.push(record);
      }
    }
    return { records, leftOut, unread };
  },
};

const idsOf = (text: string): ExternalIds => (text === '' ? {} : Object.fromEntries(new URLSearchParams(asWas(text))));
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

type RawTitle = Record<string, unknown> & Record<'watches' | 'standings' | 'playbacks', unknown[]>;

/** Which title a line is of. */
const titleKey = (row: CsvRow): string => ['kind', 'title', 'year', 'ids'].map(row.of).join('\0');

/** Each title of the file as its member of the JSON document, with the place of its first line. */
function* titlesIn(file: ExportedFile, leftOut: LeftOut[]): Generator<Readonly<{ raw: RawTitle; place: string }>, void, undefined> {
  const titles = new Map<string, Readonly<{ raw: RawTitle; place: string }>>();
  eachCsvRow(file, (row) => {
    const key = titleKey(row);
    const title = titles.get(key) ?? { raw: { ...titleOf(row), watches: [], standings: [], playbacks: [] }, place: row.place };
    titles.set(key, title);
    const reader = READERS[row.of('what')];
    if (reader) reader(title.raw, row);
    else leftOut.push({ place: row.place, reason: `"${row.of('what')}" is nothing that this file can tell` });
  });
  for (const [key, title] of titles) {
    // What was handed on is not kept here as well: a history has a million lines.
    titles.delete(key);
    yield title;
  }
}

const READERS: Readonly<Record<string, (raw: RawTitle, row: CsvRow) => unknown>> = {
  title: () => undefined,
  list: (raw, row) => (raw.list = { name: row.of('value'), since: row.of('at') }),
  rating: (raw, row) => (raw.rating = { value: row.of('value'), at: row.of('at') }),
  memo: (raw, row) => (raw.memo = { text: asWas(row.of('value')), private: false }),
  'private memo': (raw, row) => (raw.memo = { text: asWas(row.of('value')), private: true }),
  watch: (raw, row) => raw.watches.push({ ...episodeOf(row), at: row.of('at') }),
  standing: (raw, row) =>
    raw.standings.push({
      ...episodeOf(row),
      watched: row.of('value') === 'watched',
      at: row.of('at'),
      position: row.of('position_ms') === '' ? undefined : { ms: numberOf(row.of('position_ms')), at: row.of('position_at') },
    }),
  playback: (raw, row) => raw.playbacks.push({ ...episodeOf(row), percent: decimalOf(row.of('value')), at: row.of('at') }),
};
