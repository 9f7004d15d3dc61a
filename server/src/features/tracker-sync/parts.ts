import type { TitleClaims } from '#core/media/index.ts';
import type { Plans } from '#core/plans/index.ts';
import type { RemoteTrackerDriver, TrackedList } from '#core/upstreams/index.ts';
import type { MediaId, PersonId } from '#kernel/ids.ts';
import type { Clock, Duration, Instant } from '#kernel/instant.ts';
import type { JobQueue } from '#platform/jobs/index.ts';
import type { Journal } from '#platform/journal/index.ts';
import type { AnimeParts } from './anime-parts.ts';
import type { Database } from './connections.store.ts';

/** What comes here from elsewhere, for a person's history. `null` takes a list or a rating away. */
export type Arrivals = Readonly<{
  watched: readonly Readonly<{ mediaId: MediaId; at?: Instant }>[];
  unwatched: readonly MediaId[];
  lists: readonly Readonly<{ mediaId: MediaId; list: TrackedList | null }>[];
  ratings: readonly Readonly<{ mediaId: MediaId; rating: number | null; at: Instant }>[];
}>;

export type TrackerSyncDeps = Readonly<{
  database: Database;
  clock: Clock;
  /** Of this installation; grants and secrets lie in the database in no other way. */
  secrets: Readonly<{ encrypt(text: string): string; decrypt(stored: string): string }>;
  /** By vendor. */
  drivers: Readonly<Record<string, RemoteTrackerDriver>>;
  claims: TitleClaims;
  /** What mappings say of anime. */
  anime: AnimeParts;
  plans: Plans;
  jobs: JobQueue;
  journal: Journal;
  /** The household's own app there, for connections that bring none. */
  app(): Promise<Readonly<{ clientId: string; clientSecret: string }>>;
  /** Writes what came into the person's history, all or nothing, and has everybody told who has to be. */
  takeIn(person: PersonId, arrivals: Arrivals, source: string): Promise<void>;
  /** Throws where nothing may be added just now. */
  mayAdd?(): Promise<void>;
  /** A call that is not answered within this is in doubt. Default two minutes, and some. */
  callDeadlineMs?: Duration;
}>;

/** Where a run speaks; a job's context fits. */
export type RunContext = Readonly<{
  signal: AbortSignal;
  log(level: 'debug' | 'info' | 'warn' | 'error', text: string): void;
}>;
