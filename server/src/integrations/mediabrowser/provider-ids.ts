import { type ExternalIds, normaliseExternalId, type Provider } from '#core/media/index.ts';

/** Keys of `ProviderIds` in lower case without spaces: Emby writes TVmaze's as `Tv Maze`, plugins spell theirs as they like. */
const PROVIDER_OF_KEY: Readonly<Record<string, Provider>> = {
  imdb: 'imdb',
  tmdb: 'tmdb',
  themoviedb: 'tmdb',
  tvdb: 'tvdb',
  thetvdb: 'tvdb',
  tvmaze: 'tvmaze',
  tvrage: 'tvrage',
  anidb: 'anidb',
  mal: 'mal',
  myanimelist: 'mal',
  anilist: 'anilist',
  kitsu: 'kitsu',
  simkl: 'simkl',
  youtube: 'youtube',
  youtubemetadata: 'youtube',
  ytinforeader: 'youtube',
  cmdb: 'cmdb',
};

/** Libraries repeat a dozen spellings a hundred thousand times: each is looked at once. Bounded, since a plugin may write anything. */
const known = new Map<string, Provider | null>();
const MAX_KNOWN = 500;

function providerOf(key: string): Provider | null {
  const seen = known.get(key);
  if (seen !== undefined) return seen;
  const plain = key.toLowerCase().replace(/[\s_-]+/g, '');
  const provider = Object.hasOwn(PROVIDER_OF_KEY, plain) ? (PROVIDER_OF_KEY[plain] ?? null) : null;
  if (known.size < MAX_KNOWN) known.set(key, provider);
  return provider;
}

const NONE: ExternalIds = Object.freeze({});

/** The ids that we know how to read, each in its one spelling; collections, web sites and values that are no ids are left out. */
export function mapProviderIds(raw: unknown): ExternalIds {
  if (typeof raw !== 'object' || raw === null) return NONE;
  let ids: Record<string, string> | undefined;
  for (const key of Object.keys(raw)) {
    const provider = providerOf(key);
    if (provider === null) continue;
    const id = normaliseExternalId(provider, (raw as Record<string, unknown>)[key]);
    if (id === undefined) continue;
    ids ??= {};
    ids[provider] ??= id;
  }
  return ids ?? NONE;
}
