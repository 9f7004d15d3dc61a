import { type ExternalIds, type IdLink, isProvider, normaliseExternalId, type OwnIds, type Provider } from '#core/media/index.ts';

/** What the guids of one Plex item name: the item itself and, where an episode's guid is written relative to its series, the series. */
export type PlexIds = Readonly<{ own: ExternalIds; show: ExternalIds }>;

export type PlexGuidSources = Readonly<{
  kind: 'movie' | 'show' | 'episode';
  guid?: string | undefined;
  list?: readonly Readonly<{ id?: string }>[] | undefined;
}>;

/** The last word of an agent's name (`com.plexapp.agents.thetvdb`, `net.fribbtastic.coding.plex.myanimelist`) or a modern source. */
const PROVIDER_BY_SOURCE: ReadonlyMap<string, Provider> = new Map([
  ['imdb', 'imdb'],
  ['tmdb', 'tmdb'],
  ['themoviedb', 'tmdb'],
  ['tvdb', 'tvdb'],
  ['thetvdb', 'tvdb'],
  ['xbmcnfotv', 'tvdb'],
  ['tvmaze', 'tvmaze'],
  ['tvrage', 'tvrage'],
  ['anidb', 'anidb'],
  ['mal', 'mal'],
  ['myanimelist', 'mal'],
  ['anilist', 'anilist'],
  ['kitsu', 'kitsu'],
  ['simkl', 'simkl'],
  ['youtube', 'youtube'],
  ['ytinforeader', 'youtube'],
  ['cmdb', 'cmdb'],
]);

/** Providers that number series only: on an episode such an id is its series'. */
const SERIES_ONLY: ReadonlySet<string> = new Set(['mal', 'anilist', 'kitsu', 'simkl']);

const HAMA = /^(anidb|tvdb|tmdb|tsdb|imdb)\d?-(.+)$/i;
const NFO = /(?:^|\/)([a-z]+)_([^/]+)$/i;

type Named = Readonly<{ provider: string; id: string; relative: boolean }>;

/** The external ids in a Plex item's guids. Local and unknown agents name nothing; a malformed id is dropped, and its item survives. */
export function readPlexGuids(item: PlexGuidSources, ownIds: OwnIds): PlexIds {
  const own: Record<string, string> = {};
  let show: Record<string, string> | undefined;
  const place = (named: Named | undefined): void => {
    if (named === undefined) return;
    const ofShow = item.kind === 'episode' && (named.relative || SERIES_ONLY.has(named.provider));
    if (!ofShow && named.relative) return;
    if (ofShow) show ??= {};
    settle(ofShow && show !== undefined ? show : own, named.provider, named.id);
  };
  if (item.list !== undefined) for (const one of item.list) place(parsePlexGuid(one.id, ownIds));
  // Nearly every guid of today is plex://, which names nothing outside Plex.
  if (item.guid !== undefined && !item.guid.startsWith('plex://')) place(parsePlexGuid(item.guid, ownIds));
  return { own, show: show ?? NONE };
}

const NONE: ExternalIds = {};

/** Two different values for one provider: what is not a number loses to what stands, else the smaller number wins. */
function settle(into: Record<string, string>, provider: string, id: string): void {
  const standing = into[provider];
  if (standing === undefined) into[provider] = id;
  else if (standing !== id && /^\d+$/.test(id) && Number(id) < Number(standing)) into[provider] = id;
}

/** One guid. `relative`: it names a series and, behind it, a season and an episode. */
export function parsePlexGuid(given: string | undefined, ownIds: OwnIds): Named | undefined {
  const links = ownIds.linksOf('plex');
  const guid = links.length === 0 ? given : rewritten(given, links);
  const split = guid?.indexOf('://') ?? -1;
  if (guid === undefined || split <= 0) return undefined;
  const agent = guid.slice(0, split).toLowerCase();
  const query = guid.indexOf('?', split);
  const value = query < 0 ? guid.slice(split + 3) : guid.slice(split + 3, query);
  const own = links.length === 0 ? undefined : sourcesOf(links).get(agent);
  if (own !== undefined) return ownNamed(own, value, ownIds);
  const source = agent.slice(agent.lastIndexOf('.') + 1);
  if (source === 'hama') return parseHama(value);
  if (agent.startsWith('tv.plex.agents.nfo.')) return parseNfo(value);
  const [id, season] = value.split('/', 2);
  if (source === 'xbmcnfo') return named(id?.startsWith('tt') ? 'imdb' : 'tmdb', id, season);
  const provider = PROVIDER_BY_SOURCE.get(source);
  return provider === undefined ? undefined : named(provider, id, season);
}

function rewritten(guid: string | undefined, links: readonly IdLink[]): string | undefined {
  let text = guid;
  for (const { replace } of links) if (replace !== undefined) text = text?.replaceAll(replace.from, replace.to);
  return text;
}

/** The list is the same one as long as nothing is changed. */
const readLinks = new WeakMap<readonly IdLink[], ReadonlyMap<string, string>>();

/** By agent or source. An agent of the old form is known by its last words alone as well, as a newer library writes it. */
function sourcesOf(links: readonly IdLink[]): ReadonlyMap<string, string> {
  const known = readLinks.get(links);
  if (known) return known;
  const sources = new Map<string, string>();
  for (const { from, to, legacy = true } of links) {
    const agent = from.toLowerCase().replace(/:\/\/$/, '');
    const word = agent.slice(agent.indexOf('agents.') + (agent.includes('agents.') ? 'agents.'.length : 1));
    sources.set(agent, to);
    if (legacy) for (const name of [word, `com.plexapp.agents.${word}`]) if (!sources.has(name)) sources.set(name, to);
  }
  readLinks.set(links, sources);
  return sources;
}

/** What follows an id may be the numbers of an episode; any other slash belongs to the id. */
function ownNamed(provider: string, value: string, ownIds: OwnIds): Named | undefined {
  const [, show, numbers] = /^(.*?)((?:\/\d+){1,2})$/.exec(value) ?? [];
  const ofShow = numbers === undefined ? undefined : ownIds.spell(provider, show);
  if (ofShow !== undefined) return { provider, id: ofShow, relative: true };
  const id = ownIds.spell(provider, value);
  return id === undefined ? undefined : { provider, id, relative: false };
}

function parseHama(value: string): Named | undefined {
  const [first, season] = value.split('/', 2);
  const match = HAMA.exec(first ?? '');
  const source = match?.[1]?.toLowerCase();
  if (source === undefined) return undefined;
  // TheSeriesDB ids of the agent are TMDB's series numbers.
  const provider = source === 'tsdb' ? 'tmdb' : source;
  return isProvider(provider) ? named(provider, match?.[2], season) : undefined;
}

function parseNfo(value: string): Named | undefined {
  const match = NFO.exec(value);
  const provider = PROVIDER_BY_SOURCE.get(match?.[1]?.toLowerCase() ?? '');
  return provider === undefined ? undefined : named(provider, match?.[2], undefined);
}

function named(provider: Provider, value: string | undefined, season: string | undefined): Named | undefined {
  const id = normaliseExternalId(provider, value);
  return id === undefined ? undefined : { provider, id, relative: season !== undefined && season !== '' };
}
