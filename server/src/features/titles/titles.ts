import type { Events } from '#core/events.ts';
import { type MediaId, mediaId, type PersonId, type ServerId } from '#kernel/ids.ts';
import { type Duration, seconds } from '#kernel/instant.ts';
import type { Logger } from '#platform/logging/index.ts';
import { createTitleBrowsing, type TitleCard } from './browse-titles.store.ts';
import { createTitleCards, type Database } from './title-cards.store.ts';
import type { TitleCounts, TitleFilter, TitlePage, Viewer } from './title-query.ts';

export type TitlesDeps = Readonly<{
  database: Database;
  logger: Pick<Logger, 'warn'>;
  /** Makes what waits anew by itself. Where another thread does, this one makes only what stands before a list; unless told, it does. */
  renews?: boolean;
}>;

type Topics =
  | 'viewing.changed'
  | 'shelf.changed'
  | 'viewing.replaced'
  | 'copies.heard'
  | 'media.merged'
  | 'media.split'
  | 'account.removed';
type Followed = { [T in Topics]: Readonly<{ topic: T; payload: Events[T] }> }[Topics];

export type Titles = Readonly<{
  /** A window of the titles that match, and how many there are. `people`: whose standings the cards show. */
  list(
    viewer: Viewer,
    filter: TitleFilter,
    page: TitlePage,
    people: readonly PersonId[],
  ): Promise<Readonly<{ cards: readonly TitleCard[]; total: number }>>;
  counts(viewer: Viewer, filter: TitleFilter): Promise<TitleCounts>;
  places(): Promise<ReadonlyMap<ServerId, number>>;
  /** In the order given; those that are no movie or show are left out. */
  cards(ids: readonly MediaId[], people: readonly PersonId[]): Promise<readonly TitleCard[]>;
  /** These titles have moved: their cards are made anew soon, and at the latest before they are next shown. */
  touch(media: readonly MediaId[]): Promise<void>;
  /** What the house's events ask of cards; each may come twice. */
  follow(event: Followed): Promise<void>;
  /** Takes up what an earlier process left waiting. */
  resume(): void;
  stop(): Promise<void>;
}>;

/** So many are made anew at a time: a few milliseconds each for shows of usual length. */
const AT_ONCE = 100;
/** So many are made before a list is shown; while more wait, an import is under way, and the list shows what is known. */
const BEFORE_A_LIST = 200;
/** Work that nobody waits for leaves the thread to others for this much longer than it took. */
const IDLE_SHARE = 3;
/** What has moved may move again with the next page of an import: that is waited for, but not for long. */
const QUIET: Duration = seconds(1);
const LONGEST_WAIT: Duration = seconds(15);
const AFTER_A_FAULT: Duration = seconds(30);

/** The household's titles, as somebody looks through them. */
export function createTitles({ database, logger, renews = true }: TitlesDeps): Titles {
  const browsing = createTitleBrowsing(database);
  const cards = createTitleCards(database);
  let timer: NodeJS.Timeout | undefined;
  let waitsSince: number | undefined;
  let isMaking = false;
  let isAskedMeanwhile = false;
  let running: Promise<unknown> = Promise.resolve();
  let stopped = false;

  const renew = (most: number): Promise<number> => database.transaction((handle) => createTitleCards(handle).renew(most));

  function startIn(pause: Duration): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = step();
    }, pause).unref();
  }

  function soon(): void {
    if (!renews || stopped) return;
    if (isMaking) {
      isAskedMeanwhile = true;
      return;
    }
    waitsSince ??= performance.now();
    startIn(Math.max(0, Math.min(QUIET, waitsSince + LONGEST_WAIT - performance.now())));
  }

  async function step(): Promise<void> {
    isMaking = true;
    isAskedMeanwhile = false;
    waitsSince = undefined;
    const began = performance.now();
    try {
      const made = await renew(AT_ONCE);
      isMaking = made > 0;
      if (isMaking && !stopped) startIn((performance.now() - began) * IDLE_SHARE);
      else if (isAskedMeanwhile) soon();
    } catch (error) {
      logger.warn({ err: error }, 'The cards of titles could not be made anew. It is tried again.');
      if (!stopped) startIn(AFTER_A_FAULT);
    }
  }

  /** What somebody has just done is seen in what they look at next. */
  async function catchUp(): Promise<void> {
    if (await cards.hasNew()) await cards.touchNew();
    const waiting = await cards.waiting(BEFORE_A_LIST);
    if (waiting === 0) return;
    if (waiting <= BEFORE_A_LIST) await renew(BEFORE_A_LIST);
    else soon();
  }

  async function touch(media: readonly MediaId[]): Promise<void> {
    await cards.touch(media);
    soon();
  }

  async function follow(event: Followed): Promise<void> {
    if (event.topic === 'viewing.replaced') await cards.touchPerson(event.payload.personId);
    else if (event.topic === 'account.removed') await cards.touchServer(event.payload.serverId);
    else if (event.topic === 'media.merged' || event.topic === 'media.split')
      await cards.touch([event.payload.fromId, event.payload.intoId]);
    else await cards.touch(event.payload.mediaIds);
    soon();
  }

  return {
    async list(viewer, filter, page, people) {
      await catchUp();
      return browsing.page(viewer, filter, page, people);
    },
    async counts(viewer, filter) {
      await catchUp();
      return browsing.counts(viewer, filter);
    },
    places: browsing.places,
    async cards(ids, people) {
      await catchUp();
      return browsing.cards(ids.map(mediaId), people);
    },
    touch,
    follow,
    resume: () => soon(),
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
