import { Type } from 'typebox';
import { defineSetting, type Settings } from '#core/settings/index.ts';
import { createCustomIdStore, type Database } from './custom-ids.store.ts';
import { NO_OWN_IDS, type OwnIds, ownIdsOf } from './own-ids.ts';

/** What a household chose about how titles are recognised. */
export type MatchOptions = Readonly<{ matchByPath: boolean; customProviders: readonly string[]; ownIds: OwnIds }>;

export const MATCH_BY_PATH = defineSetting({
  key: 'matching.by-path',
  schema: Type.Boolean(),
  default: false,
  scope: 'house',
  description:
    'Whether items without ids are recognised by the end of their files’ paths: folder and file of a movie, series, season and file of an episode.',
});

export type Matching = Readonly<{
  current(): MatchOptions;
  /** Reads the settings and the household's own providers again. Whoever matches in another thread does so now and then. */
  load(): Promise<void>;
}>;

/** The choice as a graph needs it: at hand at once, since each transaction builds its own graph. */
export function createMatching({ settings, database }: Readonly<{ settings: Pick<Settings, 'get'>; database: Database }>): Matching {
  const store = createCustomIdStore(database);
  let options: MatchOptions = { matchByPath: false, customProviders: [], ownIds: NO_OWN_IDS };
  return {
    current: () => options,
    async load() {
      const [matchByPath, providers, links] = [await settings.get(MATCH_BY_PATH), await store.providers(), await store.links()];
      options = { matchByPath, customProviders: providers.map(({ name }) => name), ownIds: ownIdsOf(providers, links) };
    },
  };
}
