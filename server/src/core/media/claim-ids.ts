import { isRecord } from '#kernel/json.ts';
import { type ExternalIds, FIRST_HOUSEHOLD_NUMBER, isProvider, normaliseExternalId } from './external-ids.ts';
import type { OwnIds } from './own-ids.ts';
import { LAST_HOUSEHOLD_NUMBER } from './title-number.store.ts';

/** What an app's ids come to: the number by which it knows the title, and the ids that others know too. */
export type ClaimedIds = Readonly<{ number?: number; ids: ExternalIds }>;

/** Sites that number the episodes of each title of anime from 1, cours apart. */
const SITES = ['anidb', 'mal', 'anilist', 'kitsu', 'simkl'] as const;

/** Those of the ids by which a mapping of anime can be asked. */
export const siteIdsOf = (ids: ExternalIds): readonly (readonly [provider: string, id: string])[] =>
  SITES.flatMap((provider) => (ids[provider] === undefined ? [] : [[provider, ids[provider]] as const]));

const IMDB_ADDRESS = /imdb\.com\/(?:[a-z]{2}\/)?title\/(tt\d+)/i;

/**
 * Ids as apps write them: whole numbers or text, imdb also as an address, Simkl's also as `simkl_id`. Words (slugs) and providers that
 * nobody here knows are passed over. The household's own numbers are numbers alone, never an id of Simkl. `spell` reads ids of providers
 * that the household has added; without it these are passed over too.
 */
export function claimedIds(given: unknown, spell?: OwnIds['spell']): ClaimedIds {
  if (!isRecord(given)) return { ids: {} };
  const ids: Record<string, string> = {};
  for (const [key, value] of Object.entries(given)) {
    const provider = key.toLowerCase();
    if (provider === 'simkl' || provider === 'simkl_id') continue;
    const plain = typeof value === 'string' ? plainId(provider, value) : value;
    const id = isProvider(provider) ? normaliseExternalId(provider, plain) : spell?.(provider, plain);
    if (id !== undefined) ids[provider] = id;
  }
  const { simkl, simkl_id } = given;
  const number = numberOf(simkl) ?? numberOf(simkl_id);
  if (number === undefined) return { ids };
  return { number, ids: number < FIRST_HOUSEHOLD_NUMBER ? { ...ids, simkl: String(number) } : ids };
}

const plainId = (provider: string, text: string): string => writable(provider === 'imdb' ? (IMDB_ADDRESS.exec(text)?.[1] ?? text) : text);

/** As digits of any provider: the household's own numbers are no ids of Simkl. */
function numberOf(value: unknown): number | undefined {
  const number = Number(normaliseExternalId('tvdb', value) ?? Number.NaN);
  return number <= LAST_HOUSEHOLD_NUMBER ? number : undefined;
}

/** Text that every database takes: without control characters and halves of letters. */
export const writable = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim();
