import { Type } from 'typebox';
import { defineSetting, type Settings } from '#core/settings/index.ts';

/** What a household chose about how titles are recognised. */
export type MatchOptions = Readonly<{ matchByPath: boolean; customProviders: readonly string[] }>;

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
  /** Reads the settings again. Whoever matches in another thread does so now and then. */
  load(): Promise<void>;
}>;

/** The choice as a graph needs it: at hand at once, since each transaction builds its own graph. */
export function createMatching(settings: Pick<Settings, 'get'>): Matching {
  let options: MatchOptions = { matchByPath: false, customProviders: [] };
  return {
    current: () => options,
    async load() {
      options = { matchByPath: await settings.get(MATCH_BY_PATH), customProviders: [] };
    },
  };
}
