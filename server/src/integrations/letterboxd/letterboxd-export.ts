import {
  baseName,
  type CsvRow,
  createExportedTitles,
  csvColumns,
  csvRows,
  type ExportedTitle,
  type ExportedTitles,
  type HistoryFileReader,
  ratingOf,
} from '#core/upstreams/index.ts';
import { fromIso, hours, type Instant } from '#kernel/instant.ts';

const NAMES = ['Date', 'Name', 'Year', 'Letterboxd URI'];

/** Files of the export, in the order in which they are read: the diary knows days, so it comes before what only knows that. */
const READ = ['diary.csv', 'watched.csv', 'ratings.csv', 'watchlist.csv'] as const;
const WITHOUT_PLACE = new Map([
  ['reviews.csv', 'reviews have no place here'],
  ['comments.csv', 'comments have no place here'],
]);

/** Folders of the export whose files are called as those beside them, and hold what the member has deleted, or what is somebody else's. */
const ASIDE = /(?:^|[/\\])(?:deleted|orphaned|likes|lists)[/\\][^/\\]*$/i;

/** The address in a diary is that of the entry, not of the film: so films are told by name and year. */
function filmOf(row: CsvRow): ExportedTitle | undefined {
  const year = Number(row.of('Year'));
  const title = row.of('Name');
  return title === '' ? undefined : { kind: 'movie', title, ...(year > 1800 && { year }), ids: {} };
}

/** A day without an hour is its noon in UTC, which is the same day in nearly every zone. */
function dayOf(text: string): Instant | undefined {
  const midnight = /^\d{4}-\d\d-\d\d$/.test(text) ? fromIso(`${text}T00:00:00Z`) : undefined;
  return midnight === undefined ? undefined : midnight + hours(12);
}

export const letterboxdExport: HistoryFileReader = {
  format: 'letterboxd',
  title: 'Letterboxd',
  recognises: (files) => files.some(({ text }) => NAMES.every((name) => csvColumns(text).includes(name))),
  read(files) {
    const told = createExportedTitles();
    const own = files.filter((file) => !ASIDE.test(file.name));
    const known = new Map(own.map((file) => [baseName(file.name), file]));
    for (const [name, reason] of WITHOUT_PLACE) if (known.has(name)) told.leave(name, reason);
    for (const name of READ) {
      const file = known.get(name);
      if (file === undefined) continue;
      for (const row of csvRows(file)) {
        const film = filmOf(row);
        if (film === undefined) told.leave(row.place, 'it has no name');
        else READERS[name](told, film, row);
      }
    }
    const names = new Set<string>([...READ, ...WITHOUT_PLACE.keys()]);
    return told.told(files.filter((file) => !own.includes(file) || !names.has(baseName(file.name))).map((file) => file.name));
  },
};

type Told = ExportedTitles;

const READERS: Readonly<Record<(typeof READ)[number], (told: Told, film: ExportedTitle, row: CsvRow) => void>> = {
  'diary.csv'(told, film, row) {
    const at = dayOf(row.of('Watched Date'));
    told.watched(film, at === undefined ? {} : { at }, row.place);
    rate(told, film, row);
  },
  // Its date is the day on which the film was entered, and says nothing of when it was watched.
  'watched.csv'(told, film, row) {
    if (told.watchesOf(film, row.place).length === 0) told.watched(film, {}, row.place);
  },
  'ratings.csv': rate,
  'watchlist.csv'(told, film, row) {
    told.listed(film, 'plantowatch', dayOf(row.of('Date')), row.place);
  },
};

/** Half stars, from 0.5 to 5. */
function rate(told: Told, film: ExportedTitle, row: CsvRow): void {
  const stars = row.of('Rating');
  if (stars === '') return;
  const rating = ratingOf(Number(stars) * 2, dayOf(row.of('Date')));
  if (rating) told.rated(film, rating, row.place);
  else told.leave(row.place, `${stars} is no rating`);
}
