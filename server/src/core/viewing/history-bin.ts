import type { Activity, ActorRef } from '#core/activity/index.ts';
import type { Bin, Restorer } from '#core/bin/index.ts';
import type { Publish } from '#core/events.ts';
import { bringBack, readPerson } from '#core/people/index.ts';
import type { PersonId } from '#kernel/ids.ts';
import type { JsonObject } from '#kernel/json.ts';
import { createHistoryStore, type Handle, type TakenReports } from './history.store.ts';
import { createTakenTitles, type TakenTitle } from './taken-titles.store.ts';
import { createWholeHistory } from './whole-history.store.ts';

const TITLE_IN_BIN = 'viewing.title';
const REPORTS_IN_BIN = 'viewing.reports';
const HISTORY_IN_BIN = 'viewing.history';

type BinnedPerson = Readonly<{ name: string; displayName: string }>;

/** Whose history something leaves, what people call it, and who asked for it. */
export type Departure = Readonly<{ personId: PersonId; title: string; actor: ActorRef }>;

export type HistoryBinDeps = Readonly<{
  bin: Pick<Bin, 'put'>;
  activity: Pick<Activity, 'record'>;
  /** Hears that a whole history went, in the transaction in which it goes. */
  publish?: Publish<Handle>;
}>;

export type HistoryBin = Readonly<{
  /** Keeps a title with its plays, in the transaction that takes it out. */
  keepTitle(departure: Departure): (handle: Handle, removed: TakenTitle) => Promise<void>;
  /** Keeps what an account said of a title. */
  keepReports(departure: Departure & Readonly<{ account: string }>): (handle: Handle, removed: TakenReports) => Promise<void>;
  /** Takes a whole history out, in the transaction given; answers how many titles went. */
  takeAll(handle: Handle, departure: Departure): Promise<number>;
}>;

/** Where what leaves a history goes: to the bin, for 30 days, and into the log. */
export function createHistoryBin({ bin, activity, publish }: HistoryBinDeps): HistoryBin {
  async function keep(
    handle: Handle,
    departure: Departure,
    kept: Readonly<{ kind: string; verb: string; payload: object; detail: JsonObject }>,
  ) {
    const { personId, title, actor } = departure;
    const binId = await bin.put(handle, { kind: kept.kind, personId, title, payload: kept.payload as JsonObject, actor });
    await activity.record({ actor, verb: kept.verb, subject: title, personId, detail: { ...kept.detail, binId } }, handle);
  }

  return {
    async takeAll(handle, { personId, title, actor }) {
      const person = await readPerson(handle, personId);
      const payload = person === undefined ? {} : { name: person.name, displayName: person.displayName };
      const id = await bin.put(handle, { kind: HISTORY_IN_BIN, personId, title, payload, actor });
      const titles = await createWholeHistory(handle).take(personId, id);
      await activity.record({ actor, verb: 'history.reset', subject: title, personId, detail: { titles, binId: id } }, handle);
      await publish?.(handle, 'viewing.replaced', { personId });
      return titles;
    },
    keepTitle: (departure) => (handle, removed) =>
      keep(handle, departure, { kind: TITLE_IN_BIN, verb: 'history.removed', payload: removed, detail: { mediaId: removed.mediaId } }),
    keepReports:
      ({ account, ...departure }) =>
      (handle, removed) =>
        keep(handle, departure, {
          kind: REPORTS_IN_BIN,
          verb: 'history.reports-removed',
          payload: removed,
          detail: { mediaId: removed.mediaId, account },
        }),
  };
}

type HistoryRestorers = Readonly<Record<typeof TITLE_IN_BIN | typeof REPORTS_IN_BIN | typeof HISTORY_IN_BIN, Restorer>>;

/** For the bin's restoring. The payloads are what `createHistoryBin` has put there. What comes back is told in its transaction. */
export const historyRestorers = ({ publish }: Pick<HistoryBinDeps, 'publish'>): HistoryRestorers => ({
  [HISTORY_IN_BIN]: async (handle, { id, personId, payload, restoredAt }) => {
    if (personId === undefined) throw new RangeError('a history in the bin belongs to nobody');
    const owner = (await readPerson(handle, personId)) ?? (await bringBack(handle, payload as BinnedPerson, restoredAt ?? 0));
    await createWholeHistory(handle).putBack(owner.id, id);
    await publish?.(handle, 'viewing.replaced', { personId: owner.id });
  },
  [TITLE_IN_BIN]: async (handle, { personId, payload }) => {
    if (personId === undefined) throw new RangeError('a title in the bin belongs to nobody');
    const taken = payload as unknown as TakenTitle;
    await createTakenTitles(handle).putBack(personId, taken);
    const positions = taken.viewing.position_ms > 0 ? { positions: [taken.mediaId] } : {};
    await publish?.(handle, 'viewing.changed', { personId, mediaIds: [taken.mediaId], cause: { kind: 'restore' }, ...positions });
  },
  [REPORTS_IN_BIN]: async (handle, { payload }) => {
    await createHistoryStore(handle).putBackReports(payload as unknown as TakenReports);
  },
});
