import type { Anime, EpisodeClaim, MediaGraph, NativeEpisodes, TitleClaim, TitleClaims, TitleFactDesk } from '#core/media/index.ts';
import { type BegunFilter, createPositions, createViewingStore, type StoredViewing } from '#core/viewing/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { type MediaId, mediaId, type PersonId, personId } from '#kernel/ids.ts';
import type { Clock, Duration, Instant } from '#kernel/instant.ts';
import type { JobQueue } from '#platform/jobs/index.ts';
import { openSessions } from './open-sessions.ts';
import { type Playback, planPlaybacks } from './plan-playbacks.ts';
import { type PlayedKind, planScrobble, SAME_WATCH, type ScrobblePlan, type Told } from './plan-scrobble.ts';
import { createSessions, type Database, type Handle } from './sessions.store.ts';

/** Marks what somebody checked in to as watched, once its time has come. */
export const CHECKIN_JOB = 'scrobble:checkin';
const CHECKIN_TRIES = 5;
const MAKE = { create: true } as const;

/** A play as an app tells it. `event` is kept with the title. */
export type ToldPlay = Readonly<{ mediaId: MediaId; at: Instant; event: string }>;

/** What became of a play that may be a time more through a title. `id` names the time that it is a part of, or that goes on. */
export type RewatchVerdict = Readonly<{
  status: 'active' | 'completed' | 'closed' | 'first-watch' | 'too-soon' | 'not-eligible';
  id?: number;
}>;

/** One change of what a person tracks: see `withinStamp` of the tracker. */
type Stamped = Readonly<{ handle: Handle; person: PersonId }>;

export type ScrobblingDeps<Tx extends Stamped> = Readonly<{
  database: Database;
  clock: Clock;
  graph: Pick<MediaGraph, 'describe'>;
  claims: TitleClaims;
  nativeEpisodes: Pick<NativeEpisodes, 'resolve'>;
  facts: Pick<TitleFactDesk, 'of'>;
  anime: Pick<Anime, 'isAnime'>;
  tracker: Readonly<{
    withinStamp<T>(person: PersonId, work: (tx: Tx) => Promise<T>): Promise<T>;
    playbackChanged(tx: Tx, media: readonly MediaId[]): Promise<void>;
    watched(
      tx: Tx,
      plays: readonly ToldPlay[],
      options: Readonly<{ allowRewatch: boolean }>,
    ): Promise<ReadonlyMap<MediaId, RewatchVerdict>>;
  }>;
  jobs: Pick<JobQueue, 'enqueue' | 'handle'>;
  /** Has the person's media servers told where they stand with these titles. */
  tell(person: PersonId, media: readonly MediaId[], reason: string): Promise<void>;
}>;

/** `progress` in percent, from 0 to 100. `allowRewatch`: what ends with it, and was watched before, is a time more. */
export type Scrobble = Readonly<{ action: Told['action']; media: MediaId; progress: number; client: string; allowRewatch?: boolean }>;

export type ScrobbleOutcome =
  /** `id` names the playback for `removePlayback`; 0 while it runs. `rewatch`: of a play, where it may be a time more. */
  | Readonly<{
      outcome: 'done';
      id: number;
      action: 'start' | 'pause' | 'scrobble' | 'checkin';
      progress: number;
      rewatch?: RewatchVerdict;
    }>
  | Readonly<{ outcome: 'already-watched'; watchedAt: Instant; expiresAt: Instant }>;

/** What is played, as an app names it. An episode is named beside its series. */
export type NamedPlay = Readonly<{
  title: TitleClaim;
  episode?: EpisodeClaim;
  /** The number is the one that sites of anime give the episode, within the title that is named. */
  native?: boolean;
}>;

export type PlaybackFilter = BegunFilter & Readonly<{ hideWatched: boolean }>;

export type Scrobbling = Readonly<{
  /**
   * The movie or episode that is meant; made where it is new and named well enough. `no-episode` where a series is meant and none of its
   * episodes is named; undefined for what nobody knows.
   */
  resolve(play: NamedPlay): Promise<MediaId | 'no-episode' | undefined>;
  /** What a player does, as an app tells it. Writes of one person wait for each other. Throws `not-found` for what is no movie or episode. */
  scrobble(person: PersonId, scrobble: Scrobble): Promise<ScrobbleOutcome>;
  /** What the person can go on with, the last one first, each title once. `id` stays the same however often it is paused. */
  playbacks(person: PersonId, filter: PlaybackFilter): Promise<readonly (Playback & Readonly<{ id: number }>)[]>;
  /** Forgets where the person stopped; throws `not-found` where they stopped nowhere in it. */
  removePlayback(person: PersonId, id: number): Promise<void>;
  registerJobs(): void;
}>;

/** What apps that play something tell of it while they do. */
export function createScrobbling<Tx extends Stamped>(deps: ScrobblingDeps<Tx>): Scrobbling {
  const { database, clock, tracker, jobs } = deps;

  /** Of an episode whose own length nobody knows: the usual one of its show. */
  async function runtimesOf(media: readonly MediaId[]): Promise<ReadonlyMap<MediaId, Duration>> {
    const described = await deps.graph.describe(media);
    const facts = await deps.facts.of([...new Set(media.flatMap((id) => [id, described.get(id)?.show?.id ?? id]))]);
    return new Map(
      media.flatMap((id) => {
        const runtimeMs = facts.get(id)?.runtimeMs ?? facts.get(described.get(id)?.show?.id ?? id)?.runtimeMs;
        return runtimeMs === undefined ? [] : [[id, runtimeMs] as const];
      }),
    );
  }

  async function describe(media: MediaId): Promise<Readonly<{ id: MediaId; kind: PlayedKind; runtimeMs?: Duration }>> {
    const title = (await deps.graph.describe([media])).get(media);
    if (title?.kind !== 'movie' && title?.kind !== 'episode') throw new AppError('not-found', `There is no movie or episode ${media}.`);
    const runtimeMs = (await runtimesOf([title.id])).get(title.id);
    const of = title.kind === 'movie' ? title.id : title.show?.id;
    const isAnime = of !== undefined && (await deps.anime.isAnime([of])).has(of);
    return { id: title.id, kind: isAnime ? 'anime' : title.kind, ...(runtimeMs !== undefined && { runtimeMs }) };
  }

  /** When the title was last watched, where that was within the hour and nobody has taken the mark away since. */
  async function watchedJustNow(handle: Handle, person: PersonId, media: MediaId, now: Instant): Promise<Instant | undefined> {
    const standing = (await createViewingStore(handle).viewings(person, [media])).get(media);
    if (!standing?.watched) return undefined;
    const last = (await createPositions(handle).lastPlays(person, [media], now - SAME_WATCH + 1)).get(media);
    return last !== undefined && last <= now ? last : undefined;
  }

  async function stopAt(tx: Tx, media: MediaId, positionMs: Duration, at: Instant, event: string): Promise<void> {
    const viewing = createViewingStore(tx.handle);
    const known = (await viewing.viewings(tx.person, [media])).get(media);
    const { positionAccountId: _, ...standing }: StoredViewing = known ?? {
      mediaId: media,
      watched: false,
      changedAt: at,
      positionMs: 0,
      createdAt: at,
      updatedAt: at,
    };
    await viewing.saveViewings(tx.person, [{ ...standing, positionMs, positionAt: at, event, updatedAt: at }]);
  }

  /** Answers what became of the play, where it may be a time more. */
  async function carryOut(
    tx: Tx,
    plan: ScrobblePlan,
    told: Told,
    { media, client, allowRewatch = false }: Scrobble,
  ): Promise<RewatchVerdict | undefined> {
    const { finishes, outcome } = plan;
    const { at, progress, action } = told;
    const sessions = createSessions(tx.handle, { clock });
    const event = `app.${action}`;
    const over = finishes.map((session): ToldPlay => ({ mediaId: session.mediaId, at: session.at, event }));
    const plays = outcome.kind === 'watched' ? [...over, { mediaId: media, at, event }] : over;
    const verdicts = plays.length > 0 ? await tracker.watched(tx, plays, { allowRewatch }) : undefined;
    await sessions.end(tx.person, [media, ...over.map((play) => play.mediaId)]);
    if (outcome.kind === 'playing') {
      const { state, startedAt, positionMs } = outcome;
      await sessions.put(tx.person, { mediaId: media, state, progress, at, startedAt, client });
      if (positionMs !== undefined) await stopAt(tx, media, positionMs, at, event);
      await tracker.playbackChanged(tx, [media]);
    }
    if (outcome.kind === 'checkin') {
      const { dueAt } = outcome;
      await sessions.put(tx.person, { mediaId: media, state: 'checkin', progress, at, startedAt: at, dueAt, client });
      const payload = { personId: tx.person, mediaId: media, startedAt: at };
      await jobs.enqueue(
        { name: CHECKIN_JOB, lane: 'interactive', person: tx.person, payload, runAt: dueAt, maxAttempts: CHECKIN_TRIES },
        tx.handle,
      );
    }
    return outcome.kind === 'watched' ? verdicts?.get(media) : undefined;
  }

  async function scrobble(person: PersonId, said: Scrobble): Promise<ScrobbleOutcome> {
    const { action, progress } = said;
    const title = await describe(said.media);
    const { plan, rewatch } = await tracker.withinStamp(person, async (tx) => {
      const now = clock.now();
      const watchedAt = await watchedJustNow(tx.handle, person, title.id, now);
      const told = { action, mediaId: title.id, progress, at: now };
      const made = planScrobble(told, {
        ...title,
        sessions: await openSessions(tx.handle, person, clock),
        ...(watchedAt !== undefined && { watchedAt }),
      });
      return { plan: made, rewatch: await carryOut(tx, made, told, { ...said, media: title.id }) };
    });
    const told = toTell(plan, title.id);
    if (told.length > 0) await deps.tell(person, told, `app.${action}`);
    const done = outcomeOf(plan, title.id, progress);
    return done.outcome === 'done' && rewatch ? { ...done, rewatch } : done;
  }

  async function matureCheckin(person: PersonId, media: MediaId, startedAt: Instant): Promise<boolean> {
    const now = (await deps.graph.describe([media])).get(media)?.id;
    const matured = await tracker.withinStamp(person, async (tx) => {
      const sessions = await createSessions(tx.handle, { clock }).of(person);
      const session = sessions.find((one) => one.mediaId === now && one.state === 'checkin' && one.startedAt === startedAt);
      if (session?.dueAt === undefined) return undefined;
      await tracker.watched(tx, [{ mediaId: session.mediaId, at: session.dueAt, event: 'app.checkin' }], { allowRewatch: false });
      await createSessions(tx.handle, { clock }).end(person, [session.mediaId]);
      return session.mediaId;
    });
    if (matured !== undefined) await deps.tell(person, [matured], 'app.checkin');
    return matured !== undefined;
  }

  return {
    scrobble,

    async resolve(play) {
      const { title, episode } = play;
      const number = play.native === true && episode?.ids === undefined ? episode?.number : undefined;
      const native = number === undefined ? undefined : { ids: title.ids, number, special: episode?.season === 0 };
      // A mapping knows to which series the title belongs: asked first, so that none is made beside it.
      const mapped = native && (await deps.nativeEpisodes.resolve(native, MAKE));
      if (mapped !== undefined) return mapped;
      const [work] = await deps.claims.resolve([title], MAKE);
      if (work === undefined || (await deps.graph.describe([work])).get(work)?.kind === 'movie') return work;
      if (!episode) return 'no-episode';
      if (native) return deps.nativeEpisodes.resolve({ ...native, show: work }, MAKE);
      return (await deps.claims.resolveEpisodes(work, [episode], MAKE))[0];
    },

    async playbacks(person, { hideWatched, ...filter }) {
      const begun = await createPositions(database).begun(person, filter);
      const { from = 0, until = Number.MAX_SAFE_INTEGER } = filter;
      const open = (await openSessions(database, person, clock)).filter((session) => session.at >= from && session.at <= until);
      const kinds = await deps.graph.describe(open.map((session) => session.mediaId));
      const sessions = open.filter(({ mediaId: id }) => filter.kind === undefined || kinds.get(id)?.kind === filter.kind);
      const runtimes = await runtimesOf(begun.map((one) => one.mediaId));
      const playbacks = planPlaybacks({ begun, sessions, runtimes, hideWatched });
      return playbacks.slice(0, filter.limit).map((playback) => ({ ...playback, id: playback.mediaId }));
    },

    async removePlayback(person, id) {
      const media = (await deps.graph.describe([mediaId(id)])).get(id)?.id;
      const removed = await tracker.withinStamp(person, async (tx) => {
        if (media === undefined) return false;
        const session = (await openSessions(tx.handle, person, clock)).find((one) => one.mediaId === media);
        const standing = (await createViewingStore(tx.handle).viewings(person, [media])).get(media);
        if (!session && !standing?.positionMs) return false;
        await createSessions(tx.handle, { clock }).end(person, [media]);
        if (standing?.positionMs) await stopAt(tx, media, 0, clock.now(), 'app.playback.removed');
        await tracker.playbackChanged(tx, [media]);
        return true;
      });
      if (!removed) throw new AppError('not-found', `There is no paused playback ${id}.`);
    },

    registerJobs() {
      jobs.handle(CHECKIN_JOB, async ({ payload }) => ({
        watched: await matureCheckin(personId(Number(payload.personId)), mediaId(Number(payload.mediaId)), Number(payload.startedAt)),
      }));
    },
  };
}

/** What servers should hear of. A title that starts is being played: they would hear of every place it passes. */
function toTell({ finishes, outcome }: ScrobblePlan, media: MediaId): readonly MediaId[] {
  const finished = finishes.map((session) => session.mediaId);
  const moved = outcome.kind === 'watched' || (outcome.kind === 'playing' && outcome.state === 'paused');
  return moved ? [...finished, media] : finished;
}

function outcomeOf({ outcome }: ScrobblePlan, media: MediaId, progress: number): ScrobbleOutcome {
  if (outcome.kind === 'watched' && outcome.repeatOf !== undefined) {
    return { outcome: 'already-watched', watchedAt: outcome.repeatOf, expiresAt: outcome.repeatOf + SAME_WATCH };
  }
  if (outcome.kind === 'playing' && outcome.state === 'started') return { outcome: 'done', id: 0, action: 'start', progress };
  const action = { watched: 'scrobble', checkin: 'checkin', playing: 'pause' } as const;
  return { outcome: 'done', id: media, action: action[outcome.kind], progress };
}
