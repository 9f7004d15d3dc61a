import type { Settings } from '#core/settings/index.ts';
import type { MetadataSource, MetadataSourceDriver } from '#core/upstreams/index.ts';
import type { Clock, Duration } from '#kernel/instant.ts';
import type { MetadataSettings } from './metadata.settings.ts';
import { createMetadataStore, type Database } from './metadata.store.ts';

export type SourceDeskDeps = Readonly<{
  database: Database;
  clock: Clock;
  settings: Pick<Settings, 'get'>;
  definitions: MetadataSettings;
  driver: MetadataSourceDriver;
}>;

export type SourceDesk = ReturnType<typeof createSourceDesk>;

/** The source with the key that the settings have now, and the count of what it is asked. Several threads have a desk each, and one count. */
export function createSourceDesk({ database, clock, settings, definitions, driver }: SourceDeskDeps) {
  const { vendor } = driver;
  const store = createMetadataStore(database);
  const opened = new Map<string, Readonly<{ as: string; source: MetadataSource }>>();
  let uncounted = 0;

  async function count(): Promise<void> {
    const calls = uncounted;
    uncounted = 0;
    await store.countCalls(vendor, calls, clock.now());
  }

  return {
    vendor,

    /** Undefined without a key. `timeoutMs` is for one call. */
    async open(timeoutMs: Duration): Promise<MetadataSource | undefined> {
      const key = await settings.get(definitions.key);
      if (key === '') return undefined;
      const language = await settings.get(definitions.language);
      const as = JSON.stringify([key, language]);
      const known = opened.get(String(timeoutMs));
      if (known?.as === as) return known.source;
      const source = driver.connect({
        key,
        language,
        timeoutMs,
        onCall: () => {
          uncounted += 1;
        },
      });
      opened.set(String(timeoutMs), { as, source });
      return source;
    },

    /** Writes down what was asked since the last time. */
    count,

    async callsLeft(): Promise<number> {
      await count();
      return (await settings.get(definitions.callsADay)) - (await store.callsToday(vendor, clock.now()));
    },
  };
}
