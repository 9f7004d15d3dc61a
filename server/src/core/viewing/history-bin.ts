import type { Activity, ActorRef } from '#core/activity/index.ts';
import type { Bin, Restorer } from '#core/bin/index.ts';
import type { Publish } from '#core/events.ts';
import { bringBack, readPerson } from '#core/people/index.ts';
import type { PersonId } from '#kernel/ids.ts';
import type { Json, JsonObject } from '#kernel/json.ts';
import { createHistoryStore, type Handle, type TakenReports } from './history.store.ts';
import { createTakenTitles, type TakenTitle } from './taken-titles.store.ts';
import { createWholeHistory } from './whole-history.store.ts';

const TITLE_IN_BIN = 'viewing.title';
const REPORTS_IN_BIN = 'viewing.reports';
const HISTORY_IN_BIN = 'viewing.history';

type BinnedPerson = Readonly<{ name: string; displayName: string }>;

/** What another room keeps of a person beside the history: it goes with a whole history, and comes back with it. */
export type HistoryCompanion = Readonly<{
  /** Names it in the bin. */
  name: string;
  /** Takes it out; answers plain data, undefined where there is nothing. */
  take(handle: Handle, person: PersonId): Promise<Json | undefined>;
  /** The person may be another entry by now. What has come back meanwhile stands. */
  putBack(handle: Handle, person: PersonId, kept: Json): Promise<void>;
}>;

/** Whose history something leaves, what people call it, and who asked for it. */
export type Departure = Readonly<{ personId: PersonId; title: string; actor: ActorRef }>;

export type HistoryBinDeps = Readonly<{
  bin: Pick<Bin, 'put'>;
  activity: Pick<Activity, 'record'>;
  /** Hears that a whole history went, in the transaction in which it goes. */
  publish?: Publish<Handle>;
  companions?: readonly HistoryCompanion[];
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
export function createHistoryBin({ bin, activity, publish, companions = [] }: HistoryBinDeps): HistoryBin {
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
      const beside: Record<string, Json> = {};
      for (const { name, take } of companions) {
        const kept = await take(handle, personId);
        if (kept !== undefined) beside[name] = kept;
      }
      const payload = { ...(person && { name: person.name, displayName: person.displayName }), beside };
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
export const historyRestorers = ({ publish, companions = [] }: Pick<HistoryBinDeps, 'publish' | 'companions'>): HistoryRestorers => ({
  [HISTORY_IN_BIN]: async (handle, { id, personId, payload, restoredAt }) => {
    if (personId === undefined) throw new RangeError('a history in the bin belongs to nobody');
    const owner = (await readPerson(handle, personId)) ?? (await bringBack(handle, payload as unknown as BinnedPerson, restoredAt ?? 0));
    await createWholeHistory(handle).putBack(owner.id, id);
    // What was binned before there were companions has nothing beside it.
    const beside = (payload.beside ?? {}) as JsonObject;
    for (const { name, putBack } of companions) {
      const kept = beside[name];
      if (kept !== undefined) await putBack(handle, owner.id, kept);
    }
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
