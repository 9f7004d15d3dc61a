import type { EpisodeClaim, TitleClaim } from '#core/media/index.ts';
import { invalid } from '#kernel/app-error.ts';
import { fromIso, type Instant } from '#kernel/instant.ts';
import { isRecord } from '#kernel/json.ts';

const ID_KEYS = ['simkl', 'simkl_id', 'imdb', 'tmdb', 'tvdb', 'mal', 'anidb', 'anilist', 'kitsu', 'tvmaze', 'tvrage'] as const;
const DIGITS = /^\d{1,9}$/;

/** A whole number, as a number or as text; undefined for anything else. */
export function wholeNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  return typeof value === 'string' && DIGITS.test(value.trim()) ? Number(value.trim()) : undefined;
}

export const toldText = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 500) : undefined;

type Named = Pick<TitleClaim, 'ids' | 'title' | 'year'>;

function namedOf(title: unknown, year: unknown, ids: unknown): Named {
  const text = toldText(title);
  const of = wholeNumber(year);
  return { ...(ids !== undefined && { ids }), ...(text !== undefined && { title: text }), ...(of !== undefined && of > 0 && { year: of }) };
}

/** A title as an item of a body names it. */
export const namedInItem = (item: Readonly<Record<string, unknown>>): Named => namedOf(item.title, item.year, item.ids);

/** A title as the parameters of an address name it: its ids stand beside the others. */
export function namedInQuery(query: unknown): Named {
  if (!isRecord(query)) return {};
  return namedOf(
    query.title,
    query.year,
    Object.fromEntries(ID_KEYS.flatMap((key) => (query[key] === undefined ? [] : [[key, query[key]]]))),
  );
}

/** An episode by its number (under either name) or by ids of its own; undefined where neither is told. */
export function namedEpisode(value: unknown): EpisodeClaim | undefined {
  if (!isRecord(value)) return undefined;
  const [season, number, title] = [wholeNumber(value.season), wholeNumber(value.number ?? value.episode), toldText(value.title)];
  if (number === undefined && !isRecord(value.ids)) return undefined;
  return {
    ...(season !== undefined && { season }),
    ...(number !== undefined && { number }),
    ...(isRecord(value.ids) && { ids: value.ids }),
    ...(title !== undefined && { title }),
  };
}

const DATE = /^(\d{4})-(\d\d)(?:-(\d\d)(?:[t ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(?: ?(?:z|utc|gmt)| ?([+ -])(\d\d)(?::?(\d\d))?)?)?)?$/i;

/** The same text as ISO 8601 writes it; undefined where it is no day of any calendar. */
function isoOf(text: string): string | undefined {
  const [, year, month, day = '01', time = '00:00', sign, hours, minutes = '00'] = DATE.exec(text) ?? [];
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (year === undefined || Number(day) > last) return undefined;
  // The plus of an address that was not encoded arrives as a space.
  return `${year}-${month}-${day}T${time}${hours === undefined ? 'Z' : `${sign === '-' ? '-' : '+'}${hours}:${minutes}`}`;
}

/**
 * A date as apps write it: ISO 8601, also with a space in it; without a zone it is UTC. Before 1970, and 0, is the beginning of 1970. Null and
 * an empty text are none. Throws `invalid` naming the field for everything else: what is no date is not taken for now.
 */
export function dateOf(field: string, value: unknown): Instant | undefined {
  if (value === undefined || value === null || (typeof value === 'string' && value.trim() === '')) return undefined;
  const text = toldText(value);
  if (text === '0') return 0;
  const iso = text === undefined ? undefined : isoOf(text);
  if (iso === undefined || !Number.isFinite(Date.parse(iso))) throw invalid(field, 'is no date.');
  return fromIso(iso) ?? 0;
}

const DAY_MS = 86_400_000;
const MOST_DAYS = 50_000;
const TWO = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));
const dayTexts = new Map<number, string>();

function dayText(day: number): string {
  let text = dayTexts.get(day);
  if (text === undefined) {
    if (dayTexts.size >= MOST_DAYS) dayTexts.clear();
    text = new Date(day * DAY_MS).toISOString().slice(0, -13);
    dayTexts.set(day, text);
  }
  return text;
}

/** `2026-03-28T12:00:00Z`. A library has half a million of them, on a few thousand days. */
export function secondsOf(instant: Instant): string {
  const day = Math.floor(instant / DAY_MS);
  const second = Math.floor((instant - day * DAY_MS) / 1_000);
  return `${dayText(day)}${TWO[Math.floor(second / 3_600)]}:${TWO[Math.floor(second / 60) % 60]}:${TWO[second % 60]}Z`;
}

const YES = new Set(['yes', 'true', '1']);

/** A switch of an address: `yes` by the page, while a client from npm writes what JavaScript makes of `true`. */
export const isYes = (value: unknown): boolean => YES.has(toldText(value)?.toLowerCase() ?? '');
