import { parse } from 'csv-parse/sync';
import { AppError, messageOf } from '#kernel/app-error.ts';
import type { ExportedFile } from './history-file.port.ts';

/** A row by its columns, with where it stands. */
export type CsvRow = Readonly<{ place: string; of(column: string): string }>;

/** Spreadsheets of many languages write semicolons, as the comma stands within their numbers. */
const DELIMITERS = [',', ';', '\t'] as const;

const headOf = (text: string): string => text.slice(text.startsWith('\ufeff') ? 1 : 0, text.search(/\r?\n|$/));

/** The one that parts the line of names into most names. */
function delimiterOf(text: string): string {
  const counts = DELIMITERS.map((delimiter) => headOf(text).split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

/**
 * Reads a CSV file with a first line of names row by row, so that a file of a million rows is not a million rows in memory. Rows of another
 * length are read as far as they go.
 * @throws AppError `invalid`, naming the file and the line
 */
export function eachCsvRow({ name, text }: ExportedFile, take: (row: CsvRow) => void): void {
  let places: ReadonlyMap<string, number> | undefined;
  try {
    parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: true,
      on_record(cells: readonly string[], { lines }) {
        if (places === undefined) places = new Map(cells.map((cell, at) => [cell.trim(), at]));
        else take(rowOf(cells, places, `${name}, line ${lines}`));
        return null;
      },
    });
  } catch (cause) {
    throw noCsv(name, cause);
  }
}

const rowOf = (cells: readonly string[], places: ReadonlyMap<string, number>, place: string): CsvRow => ({
  place,
  of: (column) => cells[places.get(column) ?? -1] ?? '',
});

/** All rows at once. */
export function csvRows(file: ExportedFile): readonly CsvRow[] {
  const rows: CsvRow[] = [];
  eachCsvRow(file, (row) => rows.push(row));
  return rows;
}

const noCsv = (name: string, cause: unknown): AppError =>
  new AppError('invalid', `${name} is no CSV file: ${messageOf(cause)}`, { cause, details: { field: name } });

/** The names of its columns, or none. */
export function csvColumns(text: string): readonly string[] {
  return headOf(text)
    .split(delimiterOf(text))
    .map((name) => name.trim().replaceAll('"', ''));
}
