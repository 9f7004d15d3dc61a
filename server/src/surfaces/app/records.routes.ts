import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { Activity, ActivityEntry as ActivityEntryKept } from '#core/activity/index.ts';
import type { Bin, BinEntry, Restoring } from '#core/bin/index.ts';
import type { Instant } from '#kernel/instant.ts';
import { toIso } from '#kernel/instant.ts';
import type { Json, JsonObject } from '#kernel/json.ts';
import { isoOrNull } from './account.shape.ts';
import { callerOf, demand, type PersonChoice } from './app.auth.ts';
import {
  ActivityEntry,
  ActivityQuery,
  BinQuery,
  BinEntry as BinShown,
  DoubtfulChange,
  NumberParams,
  Paged,
  PageQuery,
  Problem,
} from './contract.ts';
import { momentOf } from './moments.ts';
import { offsetOf, paged } from './paging.ts';

/** A change on another server of which nobody knows yet, or can know, whether it was made. */
export type Doubt = Readonly<{
  id: number;
  kind: string;
  target: string;
  subject: string;
  payload: Json;
  before: Json | undefined;
  state: string;
  outcome: Json | undefined;
  createdAt: Instant;
  deadlineAt: Instant;
}>;

export type RecordRoutesDeps = Readonly<{
  activity: Pick<Activity, 'list'>;
  bin: Pick<Bin, 'list' | 'get'>;
  restoring: Restoring;
  journal: Readonly<{
    list(
      filter: { states: ('intended' | 'unconfirmed')[] },
      page: number,
      perPage: number,
    ): Promise<Readonly<{ entries: readonly Doubt[]; total: number }>>;
  }>;
}>;

const binShape = (entry: BinEntry, nameOf: (id: number | undefined) => string | null) => ({
  id: entry.id,
  kind: entry.kind,
  title: entry.title,
  person: nameOf(entry.personId),
  deleted_by: entry.actor.name,
  deleted_at: toIso(entry.deletedAt),
  restore_until: toIso(entry.restoreUntil),
  restored_at: isoOrNull(entry.restoredAt),
});

const doubtShape = (entry: Doubt) => ({
  id: entry.id,
  kind: entry.kind,
  target: entry.target,
  subject: entry.subject,
  before: entry.before ?? null,
  wanted: entry.payload,
  state: entry.state === 'unconfirmed' ? ('unconfirmed' as const) : ('intended' as const),
  outcome: entry.outcome ?? null,
  created_at: toIso(entry.createdAt),
  deadline_at: toIso(entry.deadlineAt),
});

/** What was done, what nobody knows to have been done, and what can be brought back. */
export const recordRoutes =
  ({ activity, bin, restoring, journal, choice }: RecordRoutesDeps & Readonly<{ choice: PersonChoice }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    /** What lies in the bin of these still, and can be brought back. */
    async function restorableOf(entries: readonly ActivityEntryKept[]): Promise<ReadonlySet<number>> {
      const ids = entries.flatMap(({ detail }) => (typeof detail.binId === 'number' ? [detail.binId] : []));
      const kept = ids.length === 0 ? [] : (await bin.list({ ids }, { offset: 0, limit: ids.length })).entries;
      return new Set(kept.map((entry) => entry.id));
    }

    function undoOf({ binId, mergeId }: JsonObject, restorable: ReadonlySet<number>) {
      if (typeof mergeId === 'number') return { kind: 'split' as const, id: mergeId };
      return typeof binId === 'number' && restorable.has(binId) ? { kind: 'restore' as const, id: binId } : null;
    }

    app.get(
      '/activity',
      {
        schema: {
          operationId: 'app.listActivity',
          summary: 'Who did what, newest first',
          tags: ['records'],
          querystring: ActivityQuery,
          response: { 200: Paged(ActivityEntry), '4xx': Problem },
        },
      },
      async (request) => {
        const { query } = request;
        const personId = await choice.whose(callerOf(request), query.person);
        const filter = {
          ...(personId !== undefined && { personId }),
          ...(query.verb !== undefined && { verb: query.verb }),
          ...(query.subject !== undefined && { subject: query.subject }),
          ...(query.actor !== undefined && { actor: { kind: query.actor } }),
          ...(query.from !== undefined && { from: momentOf(query.from, '?from') }),
          ...(query.until !== undefined && { until: momentOf(query.until, '?until') }),
        };
        const { entries, total } = await activity.list(filter, offsetOf(query));
        const nameOf = await choice.names();
        const restorable = await restorableOf(entries);
        const shown = entries.map(({ personId: person, at, actor, detail, ...entry }) => ({
          ...entry,
          at: toIso(at),
          actor: { kind: actor.kind, id: String(actor.id), name: actor.name },
          detail: { ...detail },
          person: nameOf(person),
          undo: entry.verb === 'merge.split' ? null : undoOf(detail, restorable),
        }));
        return paged(shown, total, query);
      },
    );

    app.get(
      '/changes-in-doubt',
      {
        config: demand('admin'),
        schema: {
          operationId: 'app.listDoubts',
          summary: 'Changes on servers that are under way, or of which nobody can tell whether they were made',
          tags: ['records'],
          querystring: Type.Object(PageQuery),
          response: { 200: Paged(DoubtfulChange), '4xx': Problem },
        },
      },
      async ({ query }) => {
        const { entries, total } = await journal.list({ states: ['intended', 'unconfirmed'] }, query.page, query.per_page);
        return paged(entries.map(doubtShape), total, query);
      },
    );

    app.get(
      '/bin',
      {
        schema: {
          operationId: 'app.listBin',
          summary: 'What can be brought back',
          tags: ['records'],
          querystring: BinQuery,
          response: { 200: Paged(BinShown), '4xx': Problem },
        },
      },
      async (request) => {
        const { query } = request;
        const personId = await choice.whose(callerOf(request), query.person);
        const filter = { ...(personId !== undefined && { personId }), ...(query.kind !== undefined && { kind: query.kind }) };
        const { entries, total } = await bin.list(filter, offsetOf(query));
        const nameOf = await choice.names();
        return paged(
          entries.map((entry) => binShape(entry, nameOf)),
          total,
          query,
        );
      },
    );

    // Restoring writes the activity itself, in its own transaction.
    app.post(
      '/bin/:id/restore',
      {
        schema: {
          operationId: 'app.restore',
          summary: 'Bring it back',
          tags: ['records'],
          params: NumberParams,
          response: { 200: BinShown, '4xx': Problem, '5xx': Problem },
        },
      },
      async (request) => {
        const actor = callerOf(request);
        choice.mine(actor, (await bin.get(request.params.id)).personId);
        return binShape(await restoring.restore(request.params.id, actor), await choice.names());
      },
    );
  };
