/** The providers whose ids every room may speak of. Custom providers (a household's own) join at run time by name. */
export const PROVIDERS = [
  'imdb',
  'tmdb',
  'tvdb',
  'tvmaze',
  'tvrage',
  'anidb',
  'mal',
  'anilist',
  'kitsu',
  'youtube',
  'cmdb',
  'simkl',
] as const;
export type Provider = (typeof PROVIDERS)[number];

export type { ExternalIds } from '#kernel/external-ids.ts';

/** Simkl's own numbers are far below. From here on they are a household's, for titles of which it knows no Simkl id. */
export const FIRST_HOUSEHOLD_NUMBER = 2_000_000_000;

const DIGITS = /^\d+$/;
const ANY = /^\S.{0,254}$/s;
const FORMS: Readonly<Record<Provider, RegExp>> = {
  imdb: /^tt\d+$/,
  tmdb: DIGITS,
  tvdb: DIGITS,
  tvmaze: DIGITS,
  tvrage: DIGITS,
  anidb: DIGITS,
  mal: DIGITS,
  anilist: DIGITS,
  kitsu: DIGITS,
  simkl: DIGITS,
  youtube: ANY,
  cmdb: ANY,
};

export const isProvider = (name: string): name is Provider => Object.hasOwn(FORMS, name);

/**
 * The id in the one spelling under which it is stored, or undefined where the value is not an id of that provider:
 * a bad id is dropped and its item survives. `0` is what servers write when they know none.
 */
export function normaliseExternalId(provider: Provider, value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = provider === 'imdb' ? String(value).trim().toLowerCase() : String(value).trim();
  if (!FORMS[provider].test(text)) return undefined;
  if (FORMS[provider] !== DIGITS) return text;
  const number = text.replace(/^0+/, '');
  if (provider === 'simkl' && Number(number) >= FIRST_HOUSEHOLD_NUMBER) return undefined;
  return number === '' ? undefined : number;
}
