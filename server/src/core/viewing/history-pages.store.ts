import type { AccountId, MediaId, PersonId } from '#kernel/ids.ts';
import { type Handle, idList, sql } from '#platform/db/index.ts';
import { COUNTED, type Condition } from './history-conditions.store.ts';
import { type CountedTitles, countOf, createHistoryCounts } from './history-counts.store.ts';
import { type Cut, createHistoryCuts, wayOf } from './history-cuts.store.ts';
import type { HistoryFilter, HistoryPage, HistoryQuery, HistorySort } from './history-query.ts';

type CutOut = Readonly<{ ids: readonly MediaId[]; total: number }>;
type Wide = Readonly<{ conditions: readonly Condition[]; begin: Condition | undefined; total: number }>;
type FewValued = HistorySort & Readonly<{ by: 'watched' | 'kind' | 'via' }>;

const NEWEST_FIRST: readonly HistorySort[] = [{ by: 'changedAt', descending: true }];
/** So many titles are read and sorted in a few milliseconds, whatever the size of the history. */
const FEW = 1_000;
/** How many steps along an index cost what one title costs that is found, read and sorted. */
const STEPS = 4;

/**
 * Cuts pages out of a history so that a long one takes no longer than a short one. Where a condition is met by few titles, a query begins
 * with those and sorts them; otherwise it walks along the index of the sort, from the nearer end, and leaves out what does not match. The
 * databases cannot tell which is better, since they do not know how much of a page is wanted; the counters do.
 */
export function createHistoryPages(handle: Handle, { few: fewTitles = FEW }: Readonly<{ few?: number }> = {}) {
  const { conditionsOf, sizeUpTo, countWith, sorted, walked, titlesInAll } = createHistoryCuts(handle);

  /** The condition to begin with, and whether it is met by few. */
  async function beginning(conditions: readonly Condition[], counted: readonly CountedTitles[], filter: HistoryFilter) {
    const sets = conditions.filter((one) => one.set !== undefined);
    const [first] = sets.filter((one) => one.first);
    if (first) return { begin: first, few: true };
    for (const one of sets) {
      const size = COUNTED.has(one.of) ? countOf(counted, { [one.of]: filter[one.of] }) : await sizeUpTo(fewTitles, one);
      if (size <= fewTitles) return { begin: one, few: true };
    }
    return { begin: sets[0], few: false };
  }

  async function accountGroups({ via: wanted }: HistoryFilter, counted: readonly CountedTitles[]): Promise<readonly HistoryFilter[]> {
    const vias = [...new Set(counted.map((row) => row.via))].filter((via) => wanted === undefined || wanted.some((one) => one === via));
    const { rows } = await sql<{ id: number; name: string }>`
      select id, name from account where id in ${idList(handle.kind, vias)}`.execute(handle.tables<object>());
    const names = new Map(rows.map((row) => [row.id, row.name]));
    return [...Map.groupBy(vias, (via) => names.get(via) ?? '')]
      .sort(([one], [other]) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
      .map(([, ids]) => ({ via: ids as AccountId[] }));
  }

  /** The values of a sort that has few, in its order, as filters. */
  async function groupsOf({ by, descending }: FewValued, filter: HistoryFilter, counted: readonly CountedTitles[]) {
    const upwards: Readonly<Record<FewValued['by'], () => Promise<readonly HistoryFilter[]>>> = {
      watched: async () => [{ watched: false }, { watched: true }],
      kind: async () => [{ kind: 'episode' }, { kind: 'movie' }],
      via: () => accountGroups(filter, counted),
    };
    const groups = await upwards[by]();
    return descending ? groups.toReversed() : groups;
  }

  function cutter(person: PersonId, counted: readonly CountedTitles[]) {
    async function cutOut(cut: Cut): Promise<CutOut> {
      const conditions = conditionsOf(person, cut.filter);
      const { begin, few } = await beginning(conditions, counted, cut.filter);
      const told = { ...cut, sorts: cut.sorts.filter((one) => !isFixed(one.by, cut.filter)) };
      if (begin && few) return sorted(person, begin, conditions, told);
      const isCounted = conditions.every((one) => COUNTED.has(one.of));
      const total = isCounted ? countOf(counted, cut.filter) : await countWith(person, begin, conditions);
      return cut.offset >= total ? { ids: [], total } : ofMany(told, { conditions, begin, total });
    }

    async function ofMany(cut: Cut, wide: Wide): Promise<CutOut> {
      const [leading, ...rest] = cut.sorts;
      if (leading?.by === 'id') return ofMany({ ...cut, sorts: [], idsDescending: leading.descending }, wide);
      if (leading && isFewValued(leading)) return { ids: await grouped(leading, { ...cut, sorts: rest }), total: wide.total };
      const { conditions, begin, total } = wide;
      if (begin && (await isFar(cut, total))) return { ids: (await sorted(person, begin, conditions, cut)).ids, total };
      return { ids: await walked(person, conditions, cut, total), total };
    }

    /** Whether a walk would pass by so many titles that it is cheaper to read and sort those that match. */
    async function isFar({ sorts, filter, offset, limit }: Cut, total: number): Promise<boolean> {
      const all = wayOf(sorts, filter)?.of === 'titles' ? await titlesInAll() : countOf(counted, {});
      const steps = (all / total) * (Math.min(offset, Math.max(0, total - offset - limit)) + limit);
      return steps > Math.max(fewTitles, STEPS * total);
    }

    /** A sort that has few values is a walk through them, one after the other. */
    async function grouped(leading: FewValued, cut: Cut): Promise<readonly MediaId[]> {
      const ids: MediaId[] = [];
      let skip = cut.offset;
      for (const group of await groupsOf(leading, cut.filter, counted)) {
        if (ids.length >= cut.limit) break;
        const part = await cutOut({ ...cut, filter: { ...cut.filter, ...group }, offset: skip, limit: cut.limit - ids.length });
        ids.push(...part.ids);
        skip = Math.max(0, skip - part.total);
      }
      return ids;
    }

    return cutOut;
  }

  return {
    async page(person: PersonId, query: HistoryQuery, page: HistoryPage): Promise<CutOut> {
      const { sort = NEWEST_FIRST, ...filter } = query;
      const sorts = sort.length > 0 ? sort : NEWEST_FIRST;
      const counted = await createHistoryCounts(handle).of(person);
      return cutter(person, counted)({ filter, sorts, idsDescending: sorts[0]?.descending ?? true, ...page });
    },
  };
}

const isFewValued = (sort: HistorySort): sort is FewValued => sort.by === 'watched' || sort.by === 'kind' || sort.by === 'via';

/** Whether all titles that match are alike in it. Movies have no numbers. */
function isFixed(by: HistorySort['by'], filter: HistoryFilter): boolean {
  if (by === 'season' || by === 'episode') return filter[by] !== undefined || filter.kind === 'movie';
  if (by === 'via') return filter.via?.length === 1;
  return (by === 'watched' || by === 'kind' || by === 'year' || by === 'id') && filter[by] !== undefined;
}
