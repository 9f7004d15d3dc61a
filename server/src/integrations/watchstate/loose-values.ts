import type { Instant } from '#kernel/instant.ts';
import { isRecord } from '#kernel/json.ts';

/**
 * What was written by hand, or by another version: numbers as texts, switches as numbers, objects as JSON texts or as empty lists.
 * Undefined is what does not say what it should.
 */

/** One line of text, not empty. */
export function textIn(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value === 'bigint') return value.toString();
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? undefined : text;
}

export function wholeIn(value: unknown): number | undefined {
  const number =
    typeof value === 'string' && /^\s*-?\d+(\.0+)?\s*$/.test(value) ? Number(value) : typeof value === 'bigint' ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
}

export function numberIn(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

const TRUE: ReadonlySet<unknown> = new Set([true, 1, 1n, '1', 'true', 'yes', 'on']);

export const truthIn = (value: unknown): boolean => TRUE.has(typeof value === 'string' ? value.trim().toLowerCase() : value);

/** Unix seconds, or an ISO date. Zero and less is no date. */
export function instantIn(value: unknown): Instant | undefined {
  const seconds = wholeIn(value) ?? numberIn(value);
  if (seconds !== undefined) return seconds > 0 && seconds < 1e11 ? Math.floor(seconds) * 1_000 : undefined;
  const parsed = value instanceof Date ? value.getTime() : typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isFinite(parsed) && parsed > 0 ? parsed : undefined;
}

/** `broken` where there is something, and it is no object. Nothing at all, and PHP's empty list, are an empty object. */
export function objectIn(value: unknown): Readonly<{ told: Readonly<Record<string, unknown>>; broken: boolean }> {
  const read = typeof value === 'string' ? parsed(value) : value;
  if (isRecord(read)) return { told: read, broken: false };
  const nothing = read === null || read === undefined || (Array.isArray(read) && read.length === 0);
  return { told: {}, broken: !nothing };
}

function parsed(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
