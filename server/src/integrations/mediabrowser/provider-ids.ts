import { type ExternalIds, type IdLink, normaliseExternalId, type OwnIds, type Provider } from '#core/media/index.ts';

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

const plainKey = (key: string): string => key.toLowerCase().replace(/[\s_-]+/g, '');

function providerOf(key: string): Provider | null {
  const seen = known.get(key);
  if (seen !== undefined) return seen;
  const plain = plainKey(key);
  const provider = Object.hasOwn(PROVIDER_OF_KEY, plain) ? (PROVIDER_OF_KEY[plain] ?? null) : null;
  if (known.size < MAX_KNOWN) known.set(key, provider);
  return provider;
}

const NONE: ExternalIds = Object.freeze({});

/** Reads the `ProviderIds` of an item. */
export type IdReader = (raw: unknown) => ExternalIds;

/** With what the household says now of ids of its own. */
export const idReaderOf = (ownIds: OwnIds, type: string): IdReader => {
  const links = ownIds.linksOf(type);
  return (raw) => mapProviderIds(raw, ownIds, links);
};

/** The ids that we know how to read, each in its one spelling; collections, web sites and values that are no ids are left out. */
function mapProviderIds(raw: unknown, ownIds: OwnIds, links: readonly IdLink[]): ExternalIds {
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
  return links.length === 0 ? (ids ?? NONE) : withOwnIds(raw, ids ?? NONE, ownIds, links);
}

/** What the household says of a name holds before what everybody says of it. */
function withOwnIds(raw: object, ids: ExternalIds, ownIds: OwnIds, links: readonly IdLink[]): ExternalIds {
  const told = new Map(Object.entries(raw).map(([key, value]) => [plainKey(key), value as unknown]));
  const own: Record<string, string> = {};
  for (const { from, to, replace } of links) {
    const value = told.get(plainKey(from));
    const id = ownIds.spell(to, replace && typeof value === 'string' ? value.replaceAll(replace.from, replace.to) : value);
    if (id !== undefined) own[to] ??= id;
  }
  return { ...ids, ...own };
}
