import { createMediaGraph, type MediaGraph, type TitleFactDesk, worksOf } from '#core/media/index.ts';
import type { Settings } from '#core/settings/index.ts';
import type { MetadataSourceDriver, SourcePage, SourceQuery, UpstreamImage } from '#core/upstreams/index.ts';
import { trackedTitles } from '#core/viewing/index.ts';
import { AppError, isAppError } from '#kernel/app-error.ts';
import type { MediaId } from '#kernel/ids.ts';
import type { Clock, Instant } from '#kernel/instant.ts';
import type { JobContext, JobQueue } from '#platform/jobs/index.ts';
import type { AskedTitle } from './ask-about.ts';
import { createFillIn, type FillReport } from './fill-in.ts';
import { type LimitedQuestions, limitQuestions } from './limit-questions.ts';
import type { MetadataSettings } from './metadata.settings.ts';
import { type CheckState, createMetadataStore, type Database, type Handle } from './metadata.store.ts';
import { createNameOf } from './name-title.ts';
import { createQuietSearch } from './quiet-search.ts';
import { createSourceDesk } from './source-desk.ts';
import { createVerify, QUICK_TIMEOUT, type Word } from './verify-title.ts';

export type MetadataDeps = Readonly<{
  database: Database;
  clock: Clock;
  settings: Pick<Settings, 'get'>;
  definitions: MetadataSettings;
  driver: MetadataSourceDriver;
  facts: TitleFactDesk;
  jobs: JobQueue;
  graphOn(handle: Handle): MediaGraph;
}>;

export type MetadataStanding = Readonly<{
  source: string;
  hasKey: boolean;
  callsToday: number;
  callsADay: number;
  titles: Readonly<Record<CheckState, number>>;
  /** Tracked by somebody, and due to be asked about. */
  due: number;
  failed: readonly Readonly<{ media: MediaId; title: string; fault: string; retryAt: Instant }>[];
}>;

export type Metadata = Readonly<{
  /** Asks about all that somebody tracks and that is due. Without a key it asks nobody anything. Throws the source's fault. */
  fillIn(run: Pick<JobContext, 'signal' | 'log' | 'progress' | 'breathe'>): Promise<FillReport>;
  /** Has these titles asked about soon, as far as they are due. */
  wanted(media: readonly MediaId[]): Promise<void>;
  /** Whether the source knows a title by these ids. Never throws. */
  verify(title: AskedTitle): Promise<Word>;
  /** What the source calls the title of these ids. Never throws. */
  nameOf(title: AskedTitle): Promise<Readonly<{ title: string; year?: number }> | undefined>;
  /** The same questions for one piece of long work, at most so many of them. */
  limited(most: number): LimitedQuestions;
  /** By this name the source's ids are known. */
  vendor: string;
  /** Undefined without a key. Throws the source's fault. */
  search(query: SourceQuery, signal: AbortSignal): Promise<SourcePage | undefined>;
  /** The same, remembered for some hours, for whoever has answers of their own. Never throws. */
  searchQuietly(query: SourceQuery): Promise<SourcePage | undefined>;
  /** A poster by the path that the source told of. Undefined without a key, from another source, and where it has none. Throws its fault. */
  readPoster(
    told: Readonly<{ source: string; path: string }>,
    how: Readonly<{ width: number; signal: AbortSignal }>,
  ): Promise<UpstreamImage | undefined>;
  /** Proves the key. `conflict` without one, else the source's fault. */
  check(signal: AbortSignal): Promise<void>;
  standing(): Promise<MetadataStanding>;
  /** What the source told is forgotten, and asked for again at the next run. */
  forget(): Promise<void>;
  registerJobs(): void;
}>;

const WANTED_JOB = 'metadata:wanted';
const MOST_WANTED = 200;
const FAILED_SHOWN = 20;

export function createMetadata(deps: MetadataDeps): Metadata {
  const { database, clock, settings, definitions, driver, facts, jobs, graphOn } = deps;
  const { vendor } = driver;
  const desk = createSourceDesk({ database, clock, settings, definitions, driver });
  const store = createMetadataStore(database);
  const verify = createVerify({ desk, clock });
  const fillIn = createFillIn({ database, clock, desk, facts, graphOn });
  const tracked = async (): Promise<readonly MediaId[]> => worksOf(database, await trackedTitles(database));
  const hasKey = async (): Promise<boolean> => (await settings.get(definitions.key)) !== '';

  const nameOf = createNameOf({ desk, verify });
  const search: Metadata['search'] = async (query, signal) => {
    const source = await desk.open(QUICK_TIMEOUT);
    if (source === undefined || (await desk.callsLeft()) <= 0) return undefined;
    const page = await source.search(query, { signal });
    await desk.count();
    return page;
  };

  return {
    // Without a key the question what is tracked is saved too.
    fillIn: async (run) => fillIn((await hasKey()) ? await tracked() : [], run),

    async wanted(media) {
      if (media.length === 0 || !(await hasKey())) return;
      const works = (await worksOf(database, media.slice(0, MOST_WANTED))).map(Number);
      if ((await store.dueAmong(vendor, works as MediaId[], clock.now())).length === 0) return;
      await jobs.enqueue({ name: WANTED_JOB, lane: 'bulk', payload: { works } });
    },

    verify,
    nameOf,
    limited: (most) => limitQuestions({ vendor, verify, nameOf, search }, most),

    vendor,
    search,
    searchQuietly: createQuietSearch({ clock, ask: search }),

    async readPoster({ source: of, path }, how) {
      const source = of === vendor ? await desk.open(QUICK_TIMEOUT) : undefined;
      if (source === undefined) return undefined;
      try {
        return await source.readPicture(path, 'poster', how);
      } catch (error) {
        // A path that is none was told long ago, by whom we cannot ask any more.
        if (isAppError(error, 'invalid')) return undefined;
        throw error;
      } finally {
        await desk.count();
      }
    },

    async check(signal) {
      const source = await desk.open(QUICK_TIMEOUT);
      if (source === undefined) {
        throw new AppError('conflict', `There is no key for ${vendor}. Put yours into the setting ${definitions.key.key}.`);
      }
      await source.identify({ signal });
      await desk.count();
    },

    async standing() {
      const now = clock.now();
      const failed = await store.failed(vendor, FAILED_SHOWN);
      const media = await createMediaGraph(database, { clock }).describe(failed.map((one) => one.media));
      return {
        source: vendor,
        hasKey: await hasKey(),
        callsToday: await store.callsToday(vendor, now),
        callsADay: await settings.get(definitions.callsADay),
        titles: await store.standing(vendor),
        due: (await store.dueAmong(vendor, await tracked(), now)).length,
        failed: failed.map(({ media: id, fault, dueAt }) => ({ media: id, title: media.get(id)?.title ?? '', fault, retryAt: dueAt })),
      };
    },

    async forget() {
      await facts.forget(vendor);
      await store.forget(vendor);
    },

    registerJobs() {
      jobs.handle(WANTED_JOB, async ({ payload }, context) => {
        const works = Array.isArray(payload.works) ? (payload.works.map(Number) as MediaId[]) : [];
        try {
          return { ...(await fillIn(works, context)) };
        } catch (error) {
          // The scheduled run tells of it, and asks again.
          if (!isAppError(error, 'upstream-rate-limited', 'upstream-unreachable', 'upstream-timeout')) throw error;
          return { stopped: error.message };
        }
      });
    },
  };
}
