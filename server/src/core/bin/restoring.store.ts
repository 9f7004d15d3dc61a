import type { Activity, ActorRef } from '#core/activity/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { Database, Handle } from '#platform/db/index.ts';
import type { Bin, BinContent, BinEntry } from './bin.store.ts';

/** Brings one entry of its kind back, within the transaction given. What it throws leaves everything as it was. */
export type Restorer = (handle: Handle, entry: BinContent, actor: ActorRef) => Promise<void>;

export type RestoringDeps = Readonly<{
  database: Database;
  bin: Bin;
  activity: Pick<Activity, 'record'>;
  /** By kind. Each comes from the room that owns the kind. */
  restorers: Readonly<Record<string, Restorer>>;
}>;

export type Restoring = Readonly<{
  /** Throws `not-found`, `conflict` (restored already, time over) and whatever the restorer throws. */
  restore(id: number, actor: ActorRef): Promise<BinEntry>;
}>;

/** Bringing back, apart from the bin itself: rooms put things into the bin, and the same rooms know how to take them out. */
export function createRestoring({ database, bin, activity, restorers }: RestoringDeps): Restoring {
  return {
    restore: (id, actor) =>
      database.transaction(async (handle) => {
        const content = await bin.markRestored(handle, id);
        const restorer = Object.hasOwn(restorers, content.kind) ? restorers[content.kind] : undefined;
        if (!restorer) {
          throw new AppError('unavailable', `"${content.title}" stays in the bin: nothing here knows how to bring back a ${content.kind}.`);
        }
        await restorer(handle, content, actor);
        const about = { actor, verb: 'bin.restored', subject: content.title, detail: { kind: content.kind } };
        await activity.record({ ...about, ...(content.personId !== undefined && { personId: content.personId }) }, handle);
        const { payload: _payload, ...entry } = content;
        return entry;
      }),
  };
}
