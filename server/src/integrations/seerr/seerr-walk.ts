import type { CallOptions } from '#core/upstreams/index.ts';
import { AppError } from '#kernel/app-error.ts';

export type SeerrPage<T> = Readonly<{ rows: readonly T[]; total: number }>;

export type Walk<T> = Readonly<{
  /** Begins every message. */
  name: string;
  /** What is listed, in the plural. */
  what: string;
  take: number;
  /** How many known rows every further page begins with. */
  overlap: number;
  read(skip: number, take: number, options: CallOptions): Promise<SeerrPage<T>>;
}>;

const TRIES = 3;

/**
 * All rows of a listing, or `upstream-unreadable`. Pages are no snapshots: what is deleted on the desk meanwhile moves later rows up, and
 * one of them would be passed over. So each page begins with rows of the one before, the desk's own count must be the same from the first page
 * to the last and be what was seen, and a listing that moves while it is read is read again.
 */
export async function walkAll<T extends Readonly<{ id: number }>>(walk: Walk<T>, options: CallOptions): Promise<readonly T[]> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const rows = await walkOnce(walk, options);
    if (rows !== 'moved') return rows;
  }
  throw unreadable(walk, `changed while they were read, ${TRIES} times in a row. They are read again at the next occasion`);
}

async function walkOnce<T extends Readonly<{ id: number }>>(walk: Walk<T>, options: CallOptions): Promise<readonly T[] | 'moved'> {
  const first = await walk.read(0, walk.take, options);
  const seen = new Map(first.rows.map((row) => [row.id, row]));
  let end = first.rows.length;
  while (seen.size < first.total) {
    const back = Math.min(walk.overlap, end >> 1);
    const page = await walk.read(end - back, walk.take + back, options);
    const before = seen.size;
    const [head] = page.rows;
    if (page.total !== first.total) return 'moved';
    if (head === undefined) break;
    if (!seen.has(head.id)) return 'moved';
    for (const row of page.rows) seen.set(row.id, row);
    // At the end without the rest: it came in before where we began.
    if (seen.size === before) return 'moved';
    end += page.rows.length - back;
  }
  // More than the desk counts: one that is gone by now was seen before.
  if (seen.size > first.total) return 'moved';
  if (seen.size < first.total) throw unreadable(walk, `came back short: ${seen.size} of ${first.total}. Nothing is concluded from a part`);
  return [...seen.values()];
}

const unreadable = ({ name, what }: Pick<Walk<unknown>, 'name' | 'what'>, sentence: string): AppError =>
  new AppError('upstream-unreadable', `${name}: its ${what} ${sentence}.`);
