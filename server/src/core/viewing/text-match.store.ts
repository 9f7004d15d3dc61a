import { type DatabaseKind, sql } from '#platform/db/index.ts';

type Sql = ReturnType<typeof sql>;

/**
 * Whether the field holds the text somewhere, whatever the capitals. `like` folds capitals differently on the two databases
 * (SQLite knows A to Z alone), so the pattern itself names both forms of each letter.
 */
export const partOf = (kind: DatabaseKind, field: Sql, text: string): Sql =>
  kind === 'sqlite' ? sql`${field} glob ${`*${patternOf(text, globbed)}*`}` : sql`${field} ~ ${patternOf(text, escaped)}`;

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

const globbed = (letter: string): string => (/[*?[]/.test(letter) ? `[${letter}]` : letter);
const escaped = (letter: string): string => (/[\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e]/.test(letter) ? `\\${letter}` : letter);
