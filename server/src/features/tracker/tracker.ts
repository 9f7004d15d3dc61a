import type { Activity } from '#core/activity/index.ts';
import type { Bin, Restorer } from '#core/bin/index.ts';
import type { Publish } from '#core/events.ts';
import type { AnimeTypes, NativeEpisodes, TitleClaims } from '#core/media/index.ts';
import type { Plans } from '#core/plans/index.ts';
import type { ListName } from '#core/viewing/index.ts';
import type { MediaId, PersonId } from '#kernel/ids.ts';
import type { Clock } from '#kernel/instant.ts';
import type { JobQueue } from '#platform/jobs/index.ts';
import type { Activities } from './activities.ts';
import { createHouseFollower, type HouseFollower } from './follow-house.ts';
import { createSettingsFollower, type SettingsFollower } from './follow-settings.store.ts';
import { createLibraryView, type LibraryView } from './library-windows.ts';
import { createWatchedLookup, type WatchedLookup } from './look-up-watched.ts';
import { createOwnWords, type OwnWords } from './own-words.ts';
import { createProjection } from './project.ts';
import { createListDesk, type ListDesk } from './put-on-lists.ts';
import { createRater } from './rate.ts';
import { createLibraryReader, type LibraryReader } from './read-library.ts';
import { createNumbering } from './read-numbering.ts';
import { createWords } from './read-words.ts';
import { createHistoryRemover, REMOVED_IN_BIN } from './remove-history.ts';
import { restoreRemoved } from './restore-removed.ts';
import { createRewatches } from './rewatches.ts';
import { createStamps, type Database, type Handle, type StampedTx } from './stamps.store.ts';
import { createPlayTaker } from './take-plays.ts';
import { createWordTaker } from './take-words.ts';
import { touchPlayback } from './title-types.store.ts';
import { createUnwatchServers } from './unwatch-servers.ts';
import { createHistoryWriter } from './write-history.ts';

export type TrackerDeps = Readonly<{
  database: Database;
  clock: Clock;
  claims: TitleClaims;
  nativeEpisodes: Pick<NativeEpisodes, 'placesOf' | 'partsOf' | 'tvdbOf'>;
  animeTypes: AnimeTypes;
  bin: Pick<Bin, 'put'>;
  activity: Pick<Activity, 'record'>;
  plans: Plans;
  jobs: JobQueue;
  /** Hears of what apps changed, in the transaction of the change. */
  publish: Publish<Handle>;
  /** The one that apps are shown; an IANA name. */
  timeZone: string;
}>;

export type Tracker = Readonly<{
  /** When something of the person's library last changed, by shelf and by what it was. */
  activities(person: PersonId): Promise<Activities>;
  /** One change of a person's library: a transaction that holds the person's history and has one day for all that it changes. */
  withinStamp<T>(person: PersonId, work: (tx: StampedTx) => Promise<T>): Promise<T>;
  /** The person stands at another place in these movies or episodes, or at none any more. */
  playbackChanged(tx: StampedTx, media: readonly MediaId[]): Promise<void>;
  /** Plays of these days; answers what became of each, where what was watched before may be a time more. */
  watched: ReturnType<typeof createPlayTaker>;
  library: LibraryReader['library'];
  titles: LibraryReader['titles'];
  lookUp: WatchedLookup['lookUp'];
  addToHistory: ReturnType<typeof createHistoryWriter>['addToHistory'];
  removeFromHistory: ReturnType<typeof createHistoryRemover>['removeFromHistory'];
  putOnLists: ListDesk['putOnLists'];
  rate: ReturnType<typeof createRater>['rate'];
  unrate: ReturnType<typeof createRater>['unrate'];
  /** What the person said of titles on a media server; answers what took place. */
  takeWords: ReturnType<typeof createWordTaker>;
  /** The library as its person looks at it. */
  view: LibraryView;
  /** What a person says of one title by its id, and how it stands with them. */
  own: OwnWords;
  /** Titles that came with what was watched of them, and are on these lists whatever that would move them to. */
  keepOnLists(person: PersonId, lists: ReadonlyMap<MediaId, ListName>): Promise<void>;
  /** For the bin's restoring. */
  restorers: Readonly<Record<typeof REMOVED_IN_BIN, Restorer>>;
  /** What the house's events ask of libraries; each may come twice. */
  follow: Omit<HouseFollower, 'registerJobs' | 'resume' | 'countAired'> & Pick<SettingsFollower, 'personRenamed'>;
  countAired: HouseFollower['countAired'];
  /** Answers false where the plan is not ours. */
  settlePlan: ReturnType<typeof createUnwatchServers>['settlePlan'];
  registerJobs(): void;
  /** Takes up what an earlier process left waiting. */
  resume(): Promise<void>;
}>;

/** What a person tracks, as the apps that follow it see it. */
export function createTracker(deps: TrackerDeps): Tracker {
  const { database, clock, publish, timeZone } = deps;
  const stamps = createStamps({ database, clock, publish, timeZone });
  const projection = createProjection({ database, clock });
  const words = createWords(deps);
  const rewatches = createRewatches({ database, stamps });
  const reader = createLibraryReader({ ...deps, rewatches });

  async function tellHouse(tx: StampedTx, media: ReadonlySet<MediaId>): Promise<void> {
    if (media.size === 0) return;
    await publish(tx.handle, 'viewing.changed', { personId: tx.person, mediaIds: [...media], cause: { kind: 'app' } });
  }

  const numbering = createNumbering({ natives: deps.nativeEpisodes, numbersOf: words.numbersOf });
  const parts = { ...deps, rewatches, numbering, stamps, projection, words, tellHouse };
  const writer = createHistoryWriter(parts);
  const unwatches = createUnwatchServers(parts);
  const remover = createHistoryRemover({ ...parts, unwatchSoon: unwatches.soon });
  const rater = createRater(parts);
  const follower = createHouseFollower(parts);
  const takeWords = createWordTaker({ ...parts, rater, remover });
  const settings = createSettingsFollower(parts);

  return {
    activities: stamps.activities,
    withinStamp: stamps.withinStamp,
    playbackChanged: (tx, media) => touchPlayback(tx, media, clock),
    watched: createPlayTaker(parts),
    library: reader.library,
    titles: reader.titles,
    lookUp: createWatchedLookup({ clock, words, numbering, reader }).lookUp,
    addToHistory: writer.addToHistory,
    removeFromHistory: remover.removeFromHistory,
    putOnLists: createListDesk({ writer, remover }).putOnLists,
    rate: rater.rate,
    unrate: rater.unrate,
    takeWords,
    view: createLibraryView(deps),
    own: createOwnWords({ ...parts, rater, takeWords }),
    async keepOnLists(person, lists) {
      if (lists.size === 0) return;
      await stamps.withinStamp(person, (tx) => projection.project(tx, [...lists.keys()], { lists }));
    },
    restorers: { [REMOVED_IN_BIN]: restoreRemoved(parts) },
    follow: { ...follower, personRenamed: settings.personRenamed },
    countAired: follower.countAired,
    settlePlan: unwatches.settlePlan,
    registerJobs() {
      unwatches.registerJobs();
      follower.registerJobs();
    },
    async resume() {
      await unwatches.resume();
      await follower.resume();
      await settings.resume();
    },
  };
}
