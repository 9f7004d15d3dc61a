import { type DatabaseKind, sql } from '#platform/db/index.ts';

type Sql = ReturnType<typeof sql>;

/**
 * Whether the field holds the text somewhere, whatever the capitals. `like` folds capitals differently on the two databases
 * (SQLite knows A to Z alone), so the pattern itself names both forms of each letter.
 */
export function partOf(kind: DatabaseKind, field: Sql, text: string): Sql {
  // PostgreSQL takes no U+0000, and so no text that is kept has one.
  if (text.includes('\0')) return sql`1 = 0`;
  return kind === 'sqlite' ? sql`${field} glob ${`*${patternOf(text, globbed)}*`}` : sql`${field} ~ ${patternOf(text, escaped)}`;
}

export const equalText = (field: Sql, text: string): Sql => sql`${field} = ${text}`;

/** A member of a JSON text, as text. Names of providers and of our own members only: nothing in them needs quoting. */
export const jsonText = (kind: DatabaseKind, column: Sql, path: readonly string[]): Sql =>
  kind === 'sqlite' ? sql`json_extract(${column}, ${`$.${path.join('.')}`})` : sql`(${column}::json #>> ${`{${path.join(',')}}`}::text[])`;

function patternOf(text: string, literal: (letter: string) => string): string {
  return [...text]
    .map((letter) => {
      const forms = new Set([letter, letter.toLowerCase(), letter.toUpperCase()].filter((form) => [...form].length === 1));
      return forms.size > 1 ? `[${[...forms].join('')}]` : literal(letter);
    })
    .join('');
}

/**
 * What a text index of trigrams is asked for, so that it answers every text that `partOf` would find, and some more; undefined where the
 * text has nothing to ask for. Letters whose two forms are no pair (`ı`, `ſ`, `µ`) are left out: the index may fold them otherwise.
 */
export function trigramsOf(text: string): string | undefined {
  const letters = [...text];
  const windows = letters.slice(2).map((last, at) => [letters[at] ?? '', letters[at + 1] ?? '', last]);
  const sure = new Set(windows.filter((window) => window.every(isPaired)).map((window) => window.join('').toLowerCase()));
  if (sure.size === 0) return undefined;
  return [...sure].map((trigram) => `"${trigram.replaceAll('"', '""')}"`).join(' AND ');
}

/** Newer scripts have capitals that SQLite does not know. */
const FOLDED = /^[\0-\u024f\u0370-\u052f]$/;

export function isPaired(letter: string): boolean {
  const [lower, upper] = [letter.toLowerCase(), letter.toUpperCase()];
  if (lower === letter && upper === letter) return true;
  return FOLDED.test(letter) && lower.length === 1 && upper.length === 1 && upper.toLowerCase() === lower && lower.toUpperCase() === upper;
}

const globbed = (letter: string): string => (/[*?[]/.test(letter) ? `[${letter}]` : letter);
const escaped = (letter: string): string => (/[\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e]/.test(letter) ? `\\${letter}` : letter);
