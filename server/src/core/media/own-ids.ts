import { readPattern } from './custom-pattern.ts';
import { isProvider, normaliseExternalId } from './external-ids.ts';

/** A provider that the household has added to those that every room knows. */
export type CustomProvider = Readonly<{
  /** A UUID. */
  id: string;
  /** Without `guid_`. */
  name: string;
  /** The kind of server that it was made for, as its maker wrote it. Which servers name it is a matter of links. */
  type: string;
  description: string;
  /** In PCRE form. */
  pattern: string;
  example: string;
  valid: readonly string[];
  invalid: readonly string[];
}>;

/** Under which name a kind of server gives ids of a provider. */
export type IdLink = Readonly<{
  /** A UUID. */
  id: string;
  /** The kind of server. */
  type: string;
  from: string;
  /** A provider of ours or of the household's own. */
  to: string;
  /** Plex: `from` is an agent of the old form, as in `com.plexapp.agents.x`. */
  legacy?: boolean;
  /** What is rewritten in an id before it is read. */
  replace?: Readonly<{ from: string; to: string }>;
}>;

/** What the household says about ids, at one moment. */
export type OwnIds = Readonly<{
  providers: readonly CustomProvider[];
  links: readonly IdLink[];
  /** Tells one state of all this from another; empty where there is nothing of the household's own. */
  key: string;
  /** Those of one kind of server; the same list as long as nothing changes. */
  linksOf(type: string): readonly IdLink[];
  knows(provider: string): boolean;
  /** The one spelling of an id of any provider that is known; undefined where it is no id, or the provider is unknown. */
  spell(provider: string, value: unknown): string | undefined;
}>;

/** Every id of an item is held against its pattern: this bounds what that costs. */
export const LONGEST_ID = 255;
const NONE: readonly IdLink[] = [];

export function ownIdsOf(providers: readonly CustomProvider[], links: readonly IdLink[]): OwnIds {
  const patterns = new Map(providers.map(({ name, pattern }) => [name, readPattern(pattern)]));
  const byType = Map.groupBy(links, (link) => link.type);
  return {
    providers,
    links,
    key: providers.length + links.length === 0 ? '' : JSON.stringify([providers.map(({ name, pattern }) => [name, pattern]), links]),
    linksOf: (type) => byType.get(type) ?? NONE,
    knows: (provider) => isProvider(provider) || patterns.has(provider),
    spell(provider, value) {
      if (isProvider(provider)) return normaliseExternalId(provider, value);
      if (typeof value !== 'string' && typeof value !== 'number') return undefined;
      const text = String(value).trim();
      const isId = text !== '' && text.length <= LONGEST_ID && !/[\p{Cc}\p{Cs}]/u.test(text) && patterns.get(provider)?.(text);
      return isId ? text : undefined;
    },
  };
}

export const NO_OWN_IDS: OwnIds = ownIdsOf([], []);
