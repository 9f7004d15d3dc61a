import type { Instant } from '#kernel/instant.ts';
import { LONGEST_WAY, type News } from './observation.ts';

/** Where a person stands with a title. */
export type ViewingState = Readonly<{
  watched: boolean;
  /** When the watched state last changed, by the best date that we have. */
  changedAt: Instant;
  /** Set where somebody took the mark away, as opposed to a title that nobody has watched yet. */
  unwatchedAt?: Instant;
  /** The account that last drove the state. */
  viaAccountId?: number;
  positionMs: number;
  positionAt?: Instant;
  positionAccountId?: number;
}>;

export type ViewingChange = Readonly<{
  state: ViewingState;
  watchedChanged: boolean;
  positionChanged: boolean;
  reason: string;
}>;

export type ViewingFacts = Readonly<{
  known?: ViewingState;
  news: News;
  accountId?: number /** Of the copy, for a title that nobody has watched yet. */;
  addedAt?: Instant;
  /** A read of a whole library has found that the mark is gone: nobody knows how long before `unwatchedAt` it was taken away. */
  unwatchWasFound?: boolean;
}>;

/**
 * The title's new standing, or undefined where the news changes nothing. Un-watched is believed only where the account had
 * seen the watched state that it takes away; on equal standing watched wins.
 */
export function mergeViewing({ known, news, accountId, addedAt, unwatchWasFound }: ViewingFacts): ViewingChange | undefined {
  const via = accountId === undefined ? {} : { viaAccountId: accountId };
  if (known === undefined) return firstSight(news, via, accountId, addedAt);
  if (news.watched) return watchedNews(known, news, via, unwatchWasFound === true);
  if (news.unwatched && known.watched) return unwatchedNews(known, news, via);
  const moved = withPosition(known, news, accountId);
  return moved && { state: moved, watchedChanged: false, positionChanged: true, reason: 'a newer position' };
}

type Via = Readonly<{ viaAccountId?: number }>;

const newestDate = (news: News): Instant | undefined => news.plays.find((play) => play.at !== undefined)?.at;

function firstSight(news: News, via: Via, accountId: number | undefined, addedAt: Instant | undefined): ViewingChange {
  const until = news.window.until;
  const added = Math.min(addedAt ?? until, until);
  if (news.watched) {
    const changedAt = newestDate(news) ?? added;
    const state: ViewingState = { watched: true, changedAt, ...via, positionMs: 0 };
    // A watched title that stands at a position was begun again: servers date both with the same day.
    const begun = withPosition(state, news, accountId);
    return {
      state: begun ?? { ...state, positionAt: changedAt },
      watchedChanged: true,
      positionChanged: begun !== undefined,
      reason: 'first seen, watched',
    };
  }
  const state: ViewingState = { watched: false, changedAt: added, ...via, positionMs: 0 };
  const begun = withPosition(state, news, accountId);
  return { state: begun ?? state, watchedChanged: false, positionChanged: begun !== undefined, reason: 'first seen' };
}

function watchedNews(known: ViewingState, news: News, via: Via, unwatchWasFound: boolean): ViewingChange | undefined {
  const { after, until } = news.window;
  const newest = newestDate(news);
  // It happened after we last looked, whatever the server's clock says: else an un-watch of the same window would beat it.
  const inWindow = after !== undefined && (newest === undefined || newest <= after) ? until : newest;
  if (known.watched) {
    const at = inWindow ?? known.changedAt;
    if (at <= known.changedAt) return undefined;
    return { state: watchedState(known, via, at), watchedChanged: false, positionChanged: false, reason: 'watched again' };
  }
  const { unwatchedAt } = known;
  if (unwatchedAt === undefined) {
    const at = newest ?? inWindow ?? known.changedAt;
    return { state: watchedState(known, via, at), watchedChanged: true, positionChanged: false, reason: 'watched' };
  }
  // Where both were found by reading, nobody can tell which was first.
  const isOlder = until <= unwatchedAt && unwatchedAt - until <= LONGEST_WAY && !unwatchWasFound;
  if (after !== undefined && isOlder) return undefined;
  const at = Math.max(inWindow ?? known.changedAt, unwatchedAt + 1);
  return { state: watchedState(known, via, at), watchedChanged: true, positionChanged: false, reason: 'watched' };
}

function watchedState(known: ViewingState, via: Via, at: Instant): ViewingState {
  const { unwatchedAt: _, ...rest } = known;
  return { ...rest, ...via, watched: true, changedAt: at, positionMs: 0, positionAt: Math.max(at, known.positionAt ?? 0) };
}

function unwatchedNews(known: ViewingState, news: News, via: Via): ViewingChange | undefined {
  const after = news.window.after ?? news.window.until;
  if (known.changedAt > after) return undefined;
  const at = news.window.until;
  const state: ViewingState = { ...known, ...via, watched: false, changedAt: at, unwatchedAt: at, positionMs: 0, positionAt: at };
  return { state, watchedChanged: true, positionChanged: false, reason: 'un-watched there after it had been seen as watched' };
}

function withPosition(state: ViewingState, news: News, accountId: number | undefined): ViewingState | undefined {
  const { position } = news;
  if (position === undefined || position.at <= (state.positionAt ?? Number.NEGATIVE_INFINITY)) return undefined;
  return { ...state, positionMs: position.ms, positionAt: position.at, ...(accountId !== undefined && { positionAccountId: accountId }) };
}
