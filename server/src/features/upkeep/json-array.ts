import type { AppError } from '#kernel/app-error.ts';

/** One entry may not be larger: it would be no title. */
const LARGEST_ENTRY = 1_000_000;

const DEPTHS: Readonly<Record<string, number>> = { '{': 1, '[': 1, '}': -1, ']': -1 };

/** Makes the error of a file that is none. */
export type Fail = (reason: string, cause?: unknown) => AppError;

/**
 * The entries of a JSON array, one by one as its text comes in, so that a file of any size fits into memory. Throws `invalid` where it is
 * no array, where it ends too early, and where something follows it.
 */
export function createArrayReader(fail: Fail) {
  let begun = false;
  let ended = false;
  let depth = 0;
  let inText = false;
  let escaped = false;
  let entry = '';

  function entryOf(text: string): unknown {
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw fail('it is no JSON', cause);
    }
  }

  /** Between entries: the brackets of the array, commas and space. */
  function between(character: string): void {
    if (/\s|\uFEFF/.test(character)) return;
    if (!begun) {
      if (character !== '[') throw fail('it is no list of titles');
      begun = true;
    } else if (ended) throw fail('something follows its end');
    else if (character === ']') ended = true;
    else if (character !== ',') begin(character);
  }

  function begin(character: string): void {
    if (character !== '{') throw fail('one of its entries is no title');
    depth = 1;
    entry = character;
  }

  function within(character: string): void {
    if (escaped) escaped = false;
    else if (inText && character === '\\') escaped = true;
    else if (character === '"') inText = !inText;
    else if (!inText) depth += DEPTHS[character] ?? 0;
  }

  return {
    /** The entries that this piece of text completes. */
    read(text: string): readonly unknown[] {
      const found: unknown[] = [];
      let from = 0;
      for (let at = 0; at < text.length; at += 1) {
        const character = text[at] ?? '';
        if (depth === 0) {
          between(character);
          from = at + 1;
          continue;
        }
        within(character);
        if (depth > 0) continue;
        found.push(entryOf(entry + text.slice(from, at + 1)));
        entry = '';
        from = at + 1;
      }
      if (depth > 0) entry += text.slice(from);
      if (entry.length > LARGEST_ENTRY) throw fail('one of its entries is too large for a title');
      return found;
    },
    end(): void {
      if (!begun) throw fail('it is empty');
      if (!ended) throw fail('it ends too early');
    },
  };
}
