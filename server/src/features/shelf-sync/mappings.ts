import type { Account } from '#core/connections/index.ts';
import type { MediaServer, UpstreamShelfItem } from '#core/upstreams/index.ts';
import { isListName, type ListName } from '#core/viewing/index.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Value } from './plan-word.ts';
import type { WordKind } from './words.store.ts';

/** What of an account stands for what of ours, as its switches say. */
export type Mapping = Readonly<{
  what: WordKind;
  /** Of favourites and watchlists. */
  list?: ListName;
  takes: boolean;
  tells: boolean;
  /** Names the switches: words that were compared under others count as never compared. */
  mode: string;
}>;

/** The names of their switches. */
const SWITCHES: Readonly<Record<WordKind, string>> = { rating: 'ratings', favourite: 'favorites', watchlist: 'watchlist' };

export const KINDS: readonly WordKind[] = ['rating', 'favourite', 'watchlist'];

/** The list that favourites, or the watchlist, of the account stand for; none for ratings. */
export function listOf({ options }: Pick<Account, 'options'>, what: WordKind): ListName | undefined {
  if (what === 'rating') return undefined;
  const list = String(options[`${SWITCHES[what]}.list`] ?? '');
  return isListName(list) ? list : 'plantowatch';
}

/** Whether the account may be told of such words. */
export const isToldOf = ({ exportEnabled, consent, options }: Account, what: WordKind): boolean =>
  exportEnabled && consent === 'given' && options[`${SWITCHES[what]}.export`] === true;

type Sinks = Pick<MediaServer, 'rate' | 'setFavourite' | 'setWatchlisted'>;

const keeps = (server: Sinks, what: WordKind): boolean =>
  ({ rating: server.rate, favourite: server.setFavourite, watchlist: server.setWatchlisted })[what] !== undefined;

/** `asIfGiven`: as it would be, had the person agreed to the account's first plan. */
export function mappingsOf(account: Account, server: Sinks, asIfGiven = false): readonly Mapping[] {
  const { options, importEnabled, exportEnabled, metadataOnly } = account;
  const agreed = asIfGiven || account.consent === 'given';
  return KINDS.filter((what) => keeps(server, what)).flatMap((what) => {
    const takes = agreed && importEnabled && !metadataOnly && options[`${SWITCHES[what]}.import`] === true;
    const tells = agreed && exportEnabled && options[`${SWITCHES[what]}.export`] === true;
    const list = listOf(account, what);
    const mode = [takes && 'takes', tells && 'tells', list].filter(Boolean).join(' ');
    return takes || tells ? { what, takes, tells, mode, ...(list !== undefined && { list }) } : [];
  });
}

export function theirValue(item: UpstreamShelfItem, what: WordKind): Value {
  if (what === 'rating') return item.rating ?? null;
  return (what === 'watchlist' ? item.watchlisted : item.favorite) === true ? 1 : null;
}

/** When it was said, where that is known: nobody tells it of favourites. */
export function theirDate(item: UpstreamShelfItem, what: WordKind): Instant | undefined {
  if (what === 'favourite') return undefined;
  return what === 'rating' ? item.ratedAt : item.watchlistedAt;
}
