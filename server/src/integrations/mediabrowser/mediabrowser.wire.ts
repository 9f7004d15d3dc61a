import { AppError } from '#kernel/app-error.ts';
import { fromIso, type Instant } from '#kernel/instant.ts';
import { isRecord } from '#kernel/json.ts';

/*
 * The members of the family's replies that we read, read by hand: servers of ten years of versions leave members out or write
 * null, and one odd member must cost itself and not its item. Only what an item cannot do without is demanded, in the map.
 */

export type WireObject = Readonly<Record<string, unknown>>;

export const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
export const number = (value: unknown): number | undefined => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);
export const whole = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;

const TICKS_PER_MS = 10_000;
export const msOfTicks = (ticks: unknown): number | undefined => {
  const count = number(ticks);
  return count === undefined || count < 0 ? undefined : Math.floor(count / TICKS_PER_MS);
};
export const ticksOfMs = (ms: number): number => Math.round(ms) * TICKS_PER_MS;

const ZONED = /(?:Z|[+-]\d\d:?\d\d)$/i;
/** Dates without a zone are the server's UTC; `0001-01-01` is its way to say none. */
export function instantOf(value: unknown): Instant | undefined {
  if (typeof value !== 'string') return undefined;
  return fromIso(value.includes('T') && !ZONED.test(value) ? `${value}Z` : value);
}

const unreadable = (vendor: string, what: string): AppError =>
  new AppError(
    'upstream-unreadable',
    `${vendor}: the server's ${what} is not in a form that we know. Is its address right, and is it ${vendor}?`,
  );

/** A list of items with the server's own count of all that match. */
export function readItemsReply(raw: unknown, vendor: string, what: string): Readonly<{ items: readonly unknown[]; total: number }> {
  const items = isRecord(raw) ? raw.Items : undefined;
  const total = isRecord(raw) ? whole(raw.TotalRecordCount) : undefined;
  if (!Array.isArray(items)) throw unreadable(vendor, what);
  return { items, total: total ?? items.length };
}

/** A paged list must say its count, or a short answer could not be told from a whole one. */
export function readPageReply(raw: unknown, vendor: string, what: string): Readonly<{ items: readonly unknown[]; total: number }> {
  if (!isRecord(raw) || whole(raw.TotalRecordCount) === undefined) throw unreadable(vendor, what);
  return readItemsReply(raw, vendor, what);
}

export function readListReply(raw: unknown, vendor: string, what: string): readonly WireObject[] {
  if (!Array.isArray(raw)) throw unreadable(vendor, what);
  return raw.filter(isRecord);
}

export function readObjectReply(raw: unknown, vendor: string, what: string): WireObject {
  if (!isRecord(raw)) throw unreadable(vendor, what);
  return raw;
}
