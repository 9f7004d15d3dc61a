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
 * The rows of a CSV file with a first line of names. Rows of another length are read as far as they go.
 * @throws AppError `invalid`, naming the file and the line
 */
export function csvRows({ name, text }: ExportedFile): readonly CsvRow[] {
  try {
    const rows = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      columns: (names: string[]) => names.map((name) => name.trim()),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as {
      record: Record<string, string | undefined>;
      info: { lines: number };
    }[];
    return rows.map(({ record, info }) => ({ place: `${name}, line ${info.lines}`, of: (column) => record[column] ?? '' }));
  } catch (cause) {
    throw noCsv(name, cause);
  }
}

const noCsv = (name: string, cause: unknown): AppError =>
  new AppError('invalid', `${name} is no CSV file: ${messageOf(cause)}`, { cause, details: { field: name } });

/** The names of its columns, or none. */
export function csvColumns(text: string): readonly string[] {
  return headOf(text)
    .split(delimiterOf(text))
    .map((name) => name.trim().replaceAll('"', ''));
}
