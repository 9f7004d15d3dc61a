import type { Account } from '#core/connections/index.ts';
import { type Copy, createMediaGraph, type Media } from '#core/media/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { AccountId, MediaId, PersonId } from '#kernel/ids.ts';
import type { Clock } from '#kernel/instant.ts';
import { createHistoryStore, type Database, type Handle, type TakenReports } from './history.store.ts';
import type { HistoryPage, HistoryQuery, PlayTold } from './history-query.ts';
import { createViewingStore, type StoredObservation, type StoredViewing } from './viewing.store.ts';

/** What one of the person's accounts says of the title, and of which copy. Where it has several copies, the one that speaks for it. */
export type Report = Readonly<{ account: Account; copy: Copy; observation: StoredObservation }>;

/** A title in a person's history, with all that is told of it. */
export type HistoryEntry = Readonly<{
  media: Media;
  viewing: StoredViewing;
  /** The account that decided where the person stands; absent where it is gone, or where nobody but the person spoke. */
  via?: Account;
  /** In the order in which the accounts were added. */
  reports: readonly Report[];
  /** Accounts of the person that say nothing of the title. */
  silent: readonly Account[];
  /** Oldest first; those of unknown date before all others. */
  plays: readonly PlayTold[];
  /** Other titles of this history that are told to be the same file. Empty unless asked for. */
  duplicates: readonly MediaId[];
}>;

export type HistoryDeps = Readonly<{
  database: Database;
  clock: Clock;
  accountsOf(person: PersonId): Promise<readonly Account[]>;
}>;

type Detail = Readonly<{ duplicates?: boolean }>;

export type History = Readonly<{
  /** One query for the page, one for its total, and a number for the details that does not grow with the page. */
  list(
    person: PersonId,
    query: HistoryQuery,
    page: HistoryPage & Detail,
  ): Promise<Readonly<{ entries: readonly HistoryEntry[]; total: number }>>;
  /** Throws `not-found` where the person's history does not hold the title. */
  get(person: PersonId, media: MediaId, detail?: Detail): Promise<HistoryEntry>;
  /** So many titles that a server shows, in no order. */
  random(person: PersonId, count: number): Promise<readonly HistoryEntry[]>;
  /** In the order given; what the history does not hold is left out. */
  of(person: PersonId, media: readonly MediaId[]): Promise<readonly HistoryEntry[]>;
  /**
   * Takes what the account said of the title out of the history, until it says it again; `keep` stores it, in the same
   * transaction. A file of several episodes is one thing that was said. Throws `not-found` where the account said nothing.
   */
  removeReports(
    person: PersonId,
    media: MediaId,
    account: Account,
    keep: (handle: Handle, taken: TakenReports) => Promise<void>,
  ): Promise<void>;
}>;

/** A person's history as it is shown: where they stand with each title, who told us, and every play. */
export function createHistory({ database, clock, accountsOf }: HistoryDeps): History {
  const store = createHistoryStore(database);
  const viewing = createViewingStore(database);
  const graph = createMediaGraph(database, { clock });

  async function entriesOf(person: PersonId, ids: readonly MediaId[], detail: Detail): Promise<readonly HistoryEntry[]> {
    if (ids.length === 0) return [];
    const accounts = await accountsOf(person);
    const [media, viewings, copies, plays] = [
      await graph.describe(ids),
      await viewing.viewings(person, ids),
      await graph.copiesOf(ids),
      Map.groupBy(await store.plays(person, ids), (play) => play.mediaId),
    ];
    const reports = reportsOf(accounts, copies, await viewing.observationsOfCopies(copies.map((copy) => copy.id)));
    const doubles = detail.duplicates === true ? await duplicatesOf(person, reports) : new Map<MediaId, readonly MediaId[]>();
    return ids.flatMap((id): HistoryEntry[] => {
      const [title, standing] = [media.get(id), viewings.get(id)];
      if (title === undefined || standing === undefined) return [];
      const told = reports.get(id) ?? [];
      const via = accounts.find((account) => account.id === standing.viaAccountId);
      return [
        {
          media: title,
          viewing: standing,
          ...(via && { via }),
          reports: told,
          silent: accounts.filter((account) => !told.some((report) => report.account.id === account.id)),
          plays: plays.get(id) ?? [],
          duplicates: doubles.get(id) ?? [],
        },
      ];
    });
  }

  async function duplicatesOf(
    person: PersonId,
    reports: ReadonlyMap<MediaId, readonly Report[]>,
  ): Promise<ReadonlyMap<MediaId, readonly MediaId[]>> {
    const paths = new Map([...reports].map(([id, told]) => [id, new Set(told.flatMap(({ copy }) => onlyPathOf(copy)))] as const));
    const titles = await store.titlesByPath(person, [...new Set([...paths.values()].flatMap((some) => [...some]))]);
    return new Map(
      [...paths].map(([id, own]) => {
        const sharing = titles.filter((one) => one.mediaId !== id && own.has(one.path));
        return [id, [...new Set(sharing.map((one) => one.mediaId))]] as const;
      }),
    );
  }

  async function get(person: PersonId, media: MediaId, detail: Detail = {}): Promise<HistoryEntry> {
    const [entry] = await entriesOf(person, [media], detail);
    if (entry === undefined) throw new AppError('not-found', `There is no title ${media} in this history.`);
    return entry;
  }

  return {
    async list(person, query, { duplicates, ...page }) {
      const { ids, total } = await store.page(person, query, page);
      return { entries: await entriesOf(person, ids, { ...(duplicates !== undefined && { duplicates }) }), total };
    },
    get,
    random: async (person, count) => entriesOf(person, await store.random(person, count), {}),
    of: (person, media) => entriesOf(person, media, {}),
    async removeReports(person, media, account, keep) {
      await get(person, media);
      await database.transaction(async (handle) => {
        const copies = await createMediaGraph(handle, { clock }).copiesOf([media]);
        const taken = await createHistoryStore(handle).takeReports(
          account.id,
          media,
          copies.map((copy) => copy.id),
        );
        if (taken === undefined) throw new AppError('not-found', `${account.name} says nothing of the title ${media}.`);
        await keep(handle, taken);
      });
    },
  };
}

const onlyPathOf = (copy: Copy): string[] => (copy.path === undefined || copy.episodes.length > 1 ? [] : [copy.path]);

type Said = StoredObservation & Readonly<{ accountId: AccountId }>;

function reportsOf(accounts: readonly Account[], copies: readonly Copy[], said: readonly Said[]): ReadonlyMap<MediaId, readonly Report[]> {
  const byId = new Map(copies.map((copy) => [copy.id, copy]));
  const told = accounts.flatMap((account) =>
    said
      .filter((observation) => observation.accountId === account.id)
      .flatMap((observation): Report[] => {
        const copy = byId.get(observation.copyId);
        return copy === undefined ? [] : [{ account, copy, observation }];
      })
      .sort(bySpeaking),
  );
  const found = new Map<MediaId, Report[]>();
  for (const report of told) {
    for (const id of report.copy.mediaIds) {
      const ofTitle = found.get(id) ?? [];
      found.set(id, ofTitle);
      if (ofTitle.every((other) => other.account.id !== report.account.id)) ofTitle.push(report);
    }
  }
  return found;
}

/** A copy that is there speaks before one that is gone, a played one before one that is not, then the one that was added first. */
const bySpeaking = (one: Report, other: Report): number =>
  Number(one.copy.goneAt !== undefined) - Number(other.copy.goneAt !== undefined) ||
  Number(other.observation.played) - Number(one.observation.played) ||
  one.copy.id - other.copy.id;
