import type { Publish } from '#core/events.ts';
import type { MediaId } from '#kernel/ids.ts';
import type { Clock, Duration } from '#kernel/instant.ts';
import { createCopyFactStore } from './copy-facts.store.ts';
import { foldFacts } from './fold-facts.ts';
import { listKnownEpisodes } from './known-episodes.ts';
import { picturedCopies } from './pictured-copies.store.ts';
import type { KnownEpisodes, PosterSources, TitleFacts, ToldTitle } from './title-fact.ts';
import type { Database, Handle } from './title-facts.schema.store.ts';
import { createToldFactStore } from './told-facts.store.ts';
import { worksOf } from './works.store.ts';

export type TitleFactsDeps = Readonly<{ database: Database; clock: Clock; publish?: Publish<Handle> }>;
export type TitleFactDesk = ReturnType<typeof createTitleFacts>;

/**
 * What is known about titles, from the household's servers and from metadata sources: the servers are believed first, sources fill in. It
 * asks nobody. Meant for many titles at once: the number of statements does not grow with them.
 */
export function createTitleFacts({ database, clock, publish }: TitleFactsDeps) {
  const copies = createCopyFactStore(database);
  const told = createToldFactStore(database);

  return {
    /** By the id that was asked for; unknown titles are left out. */
    async of(media: readonly MediaId[]): Promise<ReadonlyMap<MediaId, TitleFacts>> {
      const titles = await told.resolve(media);
      const fromCopies = await copies.factsOf(titles);
      const fromSources = await told.factsOf(titles);
      const now = clock.now();
      return new Map(
        titles.map(({ asked, id, kind }) => [
          asked,
          foldFacts({ kind, copies: fromCopies.get(id) ?? [], told: fromSources.get(id) ?? [], now }),
        ]),
      );
    },

    /**
     * Only the lengths (ms) that `of` tells of movies and shows, for many thousands of them: of each title as it lives now, with its kind.
     * What nobody told is left out.
     */
    async lengthsOf(titles: readonly Readonly<{ id: MediaId; kind: string }>[]): Promise<ReadonlyMap<MediaId, Duration>> {
      const held = await copies.lengthsOf(titles);
      const listed = await told.lengthsOf(titles.flatMap(({ id }) => (held.has(id) ? [] : [id])));
      return listed.size === 0 ? held : new Map([...held, ...listed]);
    },

    /** By the id that was asked for; whatever is no show is left out. */
    async episodesOf(shows: readonly MediaId[]): Promise<ReadonlyMap<MediaId, KnownEpisodes>> {
      const titles = (await told.resolve(shows)).filter(({ kind }) => kind === 'show');
      const held = await copies.episodesOf(titles.map(({ id }) => id));
      const listed = await told.episodesOf(titles);
      return new Map(titles.map(({ asked, id }) => [asked, listKnownEpisodes(held.get(id) ?? [], listed.get(id))]));
    },

    /** Of an episode those of its show. Undefined for what nobody knows. */
    async posterOf(media: MediaId): Promise<PosterSources | undefined> {
      const [work = media] = await worksOf(database, [media]);
      const [title] = await told.resolve([work]);
      if (title === undefined) return undefined;
      const facts = (await told.factsOf([title])).get(title.id) ?? [];
      return {
        copies: await picturedCopies(database, title),
        told: facts.flatMap(({ source, facts: { poster } }) => (poster === undefined ? [] : [{ source, path: poster }])),
      };
    },

    /** Takes the place of all that the source told before of these titles. Those of which it told something else are an event. */
    tell: (source: string, titles: readonly ToldTitle[]): Promise<void> =>
      database.transaction(async (handle) => {
        const mediaIds = await createToldFactStore(handle).tell(source, titles, clock.now());
        if (mediaIds.length > 0) await publish?.(handle, 'media.told', { mediaIds });
      }),

    /** All that a source ever told, and nothing else. */
    forget: (source: string): Promise<void> =>
      database.transaction(async (handle) => {
        const mediaIds = await createToldFactStore(handle).forget(source);
        if (mediaIds.length > 0) await publish?.(handle, 'media.told', { mediaIds });
      }),
  };
}
