/** Text that is parsed in one go. What a part's objects need is gone again before the next part is parsed. */
const PART = 128 * 1_024;

const SCALAR = String.raw`(?:"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null)`;
const BEGINNING = new RegExp(String.raw`\{("(?:[^"\\]|\\.)*"):${SCALAR},("(?:[^"\\]|\\.)*"):`, 'y');

/**
 * Maps the elements of a long list within a JSON document without holding all of them as objects at once: the text is cut where one
 * element ends and the next begins, told by the first two members that all of them begin with, and parsed part by part. Each part must
 * be JSON by itself, and so must the rest with the list left empty; then they are exactly what the whole document holds. Undefined where
 * that is not so, or where the list is short: the document is then to be parsed as a whole. `each` may have been called in that case too.
 */
export function mapLongList<T>(
  text: string,
  member: string,
  each: (element: unknown) => T,
): Readonly<{ rest: unknown; items: readonly T[] }> | undefined {
  if (text.length < 2 * PART) return undefined;
  const opening = `"${member}":[`;
  const found = text.indexOf(opening);
  const start = found + opening.length;
  const end = text.lastIndexOf(']');
  if (found < 0 || end < start) return undefined;
  BEGINNING.lastIndex = start;
  const [, first, second] = BEGINNING.exec(text) ?? [];
  if (first === undefined || second === undefined) return undefined;
  try {
    const rest: unknown = JSON.parse(text.slice(0, start) + text.slice(end));
    const items: T[] = [];
    for (let from = start; from < end; ) {
      const to = nextCut(text, from + PART, end, first, second);
      for (const element of JSON.parse(`[${text.slice(from, to)}]`) as unknown[]) items.push(each(element));
      from = to + 1;
    }
    return { rest, items };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The comma before the first element that begins behind `from`, or the end of the list. */
function nextCut(text: string, from: number, end: number, first: string, second: string): number {
  const between = `},{${first}:`;
  const next = new RegExp(`${SCALAR},${escaped(second)}:`, 'y');
  for (let at = text.indexOf(between, from); at >= 0 && at < end; at = text.indexOf(between, at + 1)) {
    next.lastIndex = at + between.length;
    if (next.test(text)) return at + 1;
  }
  return end;
}

const escaped = (name: string): string => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
