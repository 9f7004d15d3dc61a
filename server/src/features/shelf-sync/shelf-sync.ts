import type { Account } from '#core/connections/index.ts';
import type { Events } from '#core/events.ts';
import { createLists, createRatings } from '#core/viewing/index.ts';
import { accountId } from '#kernel/ids.ts';
import { type Duration, seconds } from '#kernel/instant.ts';
import { favouriteList } from './mappings.ts';
import { createShelfReader, type ShelfReader } from './read-shelf.ts';
import { createRemovalDesk, type RemovalDesk } from './removal-plan.ts';
import type { ShelfParts } from './shelf-parts.ts';
import { tellDue } from './tell-words.ts';
import { createWords } from './words.store.ts';

const TELL_JOB = 'shelf:tell';
const TRIES = 8;
const CALL_DEADLINE: Duration = seconds(30);

export type ShelfSyncDeps = Omit<ShelfParts, 'callDeadlineMs'> & Readonly<{ callDeadlineMs?: Duration }>;

export type ShelfSync = Readonly<{
  imported: ShelfReader['imported'];
  planned: ShelfReader['planned'];
  /** Ratings or lists of a person changed: whoever shows these titles is told. */
  changed(event: Events['shelf.changed']): Promise<void>;
  /** A person's whole history went to the bin, or came back: nothing was taken away there or here by that. */
  replaced(event: Events['viewing.replaced']): Promise<void>;
  settlePlan: RemovalDesk['settlePlan'];
  registerJobs(): void;
  /** Takes up what an earlier process left waiting. */
  resume(): Promise<void>;
}>;

/** What a person thinks of titles, in agreement with what their media servers keep of it. */
export function createShelfSync(deps: ShelfSyncDeps): ShelfSync {
  const { connections, jobs, database } = deps;

  async function tellSoon(account: Account): Promise<void> {
    if ((await createWords(database).nextDue(account.id, 1)).length === 0) return;
    await jobs.enqueue({
      name: TELL_JOB,
      lane: `push:${account.server.id}`,
      person: account.personId,
      reference: `${TELL_JOB}:${account.id}`,
      payload: { accountId: account.id, backend: account.name },
      maxAttempts: TRIES,
    });
  }

  const parts: ShelfParts & { tellSoon: typeof tellSoon } = { ...deps, callDeadlineMs: deps.callDeadlineMs ?? CALL_DEADLINE, tellSoon };
  const removals = createRemovalDesk(parts);
  const reader = createShelfReader({ ...parts, removals });

  return {
    imported: reader.imported,
    planned: reader.planned,
    settlePlan: removals.settlePlan,

    async changed({ personId, mediaIds }) {
      const accounts = (await connections.list(personId)).filter(isTold);
      const words = createWords(database);
      const shown = await words.ofMedia(
        accounts.map((account) => account.id),
        mediaIds,
      );
      const ratings = await createRatings(database).of(personId, mediaIds);
      const lists = await createLists(database).of(personId, mediaIds);
      for (const account of accounts) {
        const list = favouriteList(account);
        // Most changes, such as those that an import makes, are none of what is told: the server is not asked for those.
        const differ = shown.filter(({ accountId: of, what, mediaId, ours }) => {
          if (of !== account.id) return false;
          return ours !== (what === 'rating' ? (ratings.get(mediaId)?.rating ?? null) : lists.get(mediaId)?.list === list ? 1 : null);
        });
        for (const [what, some] of Map.groupBy(differ, (one) => one.what)) {
          const ids = some.map((one) => one.upstreamId);
          await words.due(account.id, what, ids, false);
        }
        if (differ.length > 0) await tellSoon(account);
      }
    },

    async replaced({ personId }) {
      const accounts = await connections.list(personId);
      await createWords(database).unhear(accounts.map((account) => account.id));
    },

    registerJobs() {
      jobs.handle(TELL_JOB, async (job, context) => {
        const account = await connections.byId(accountId(Number(job.payload.accountId)));
        return { ...(await tellDue(parts, account, context)) };
      });
    },

    async resume() {
      const due = new Set(await createWords(database).accountsDue());
      if (due.size === 0) return;
      for (const account of await connections.list()) if (due.has(account.id)) await tellSoon(account);
    },
  };
}

const isTold = ({ exportEnabled, consent, options }: Account): boolean =>
  exportEnabled && consent === 'given' && (options['ratings.export'] === true || options['favorites.export'] === true);
