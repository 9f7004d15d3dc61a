import type { Account } from '#core/connections/index.ts';
import type { MediaServer, UpstreamShelfItem } from '#core/upstreams/index.ts';
import { isListName, type ListName } from '#core/viewing/index.ts';
import type { Value } from './plan-word.ts';
import type { WordKind } from './words.store.ts';

/** What of an account stands for what of ours, as its switches say. */
export type Mapping = Readonly<{
  what: WordKind;
  /** Of favourites. */
  list?: ListName;
  takes: boolean;
  tells: boolean;
  /** Names the switches: words that were compared under others count as never compared. */
  mode: string;
}>;

/** The list that favourites of the account stand for. */
export function favouriteList({ options }: Pick<Account, 'options'>): ListName {
  const list = String(options['favorites.list'] ?? '');
  return isListName(list) ? list : 'plantowatch';
}

/** `asIfGiven`: as it would be, had the person agreed to the account's first plan. */
export function mappingsOf(account: Account, server: Pick<MediaServer, 'rate' | 'setFavourite'>, asIfGiven = false): readonly Mapping[] {
  const { options, importEnabled, exportEnabled, metadataOnly } = account;
  const agreed = asIfGiven || account.consent === 'given';
  const on = (name: string) => ({
    takes: agreed && importEnabled && !metadataOnly && options[`${name}.import`] === true,
    tells: agreed && exportEnabled && options[`${name}.export`] === true,
  });
  const mappings: Omit<Mapping, 'mode'>[] = [];
  if (server.rate) mappings.push({ what: 'rating', ...on('ratings') });
  if (server.setFavourite) mappings.push({ what: 'favourite', list: favouriteList(account), ...on('favorites') });
  return mappings
    .filter((one) => one.takes || one.tells)
    .map((one) => ({ ...one, mode: [one.takes && 'takes', one.tells && 'tells', one.list].filter(Boolean).join(' ') }));
}

export const theirValue = (item: UpstreamShelfItem, what: WordKind): Value =>
  what === 'rating' ? (item.rating ?? null) : item.favorite === true ? 1 : null;
