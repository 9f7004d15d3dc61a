import type { Account } from '#core/connections/index.ts';
import type { PersonId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { TitleState } from './stand-of.ts';
import type { ShownParts } from './standing.store.ts';

/** `unknown`: the place does not answer, or was never read. Of a silent place nothing is concluded. */
export type CellState = TitleState | 'unknown' | 'not-there';

export type PlaceCell = Readonly<{
  personId: PersonId;
  account: Account;
  state: CellState;
  /** So many of the parts that are there are watched there, by its last word. */
  watched: number;
  parts: number;
  /** When that was last known to be so. */
  knownAt?: Instant;
  /** Of a silent place: what it last said. */
  last?: TitleState;
}>;

export type PlaceStanding = Readonly<{
  server: Account['server'];
  /** How many of the title's parts are there. */
  parts: number;
  cells: readonly PlaceCell[];
}>;

export type PlaceFacts = Readonly<{
  accounts: readonly Account[];
  shown: readonly ShownParts[];
  onServers: ReadonlyMap<number, number>;
}>;

/** Pure. Where a title stands: a row for each place, a cell for each account there. */
export function placesOf({ accounts, shown, onServers }: PlaceFacts): readonly PlaceStanding[] {
  const told = new Map(shown.map((one) => [one.accountId as number, one]));
  return [...Map.groupBy(accounts, (account) => account.server.id)].map(([id, here]) => {
    const [first] = here;
    if (first === undefined) throw new RangeError('a group is never empty');
    const parts = onServers.get(id) ?? 0;
    return { server: first.server, parts, cells: here.map((account) => cellOf(account, told.get(account.id), parts)) };
  });
}

function cellOf(account: Account, told: ShownParts | undefined, parts: number): PlaceCell {
  const { personId, health, importLastSync } = account;
  const dates = [told?.at, health.state === 'degraded' ? undefined : importLastSync].flatMap((at) => at ?? []);
  const known = {
    personId,
    account,
    watched: told?.watched ?? 0,
    parts: told?.parts ?? 0,
    ...(dates.length > 0 && { knownAt: Math.max(...dates) }),
  };
  const last = told === undefined ? undefined : saidBy(told);
  const wasRead = told !== undefined || importLastSync !== undefined;
  if (health.state === 'degraded' || !wasRead) return { ...known, state: 'unknown', ...(last !== undefined && { last }) };
  if (parts === 0) return { ...known, state: 'not-there' };
  // A copy that is there and of which this account says nothing: it may not see that library.
  return { ...known, state: last ?? 'unknown' };
}

function saidBy({ parts, watched, begun }: ShownParts): TitleState {
  if (parts > 0 && watched >= parts) return 'watched';
  return watched > 0 || begun > 0 ? 'part' : 'open';
}
