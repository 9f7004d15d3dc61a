import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import type { Connections } from '#core/connections/index.ts';
import type { Plan, Plans } from '#core/plans/index.ts';
import { PROPOSE_JOB } from '#features/watch-sync/index.ts';
import { accountId } from '#kernel/ids.ts';
import type { JobQueue } from '#platform/jobs/index.ts';
import type { Note } from './activity-note.ts';
import { callerOf, demand, type PersonChoice } from './app.auth.ts';
import {
  ChangeQuery,
  JobQueued,
  LeaveOutWish,
  Paged,
  PlanQuery,
  PlanReview,
  PlanRows,
  Plan as PlanShown,
  PlanWish,
  PlanWithChanges,
  Problem,
  RowQuery,
  TextParams,
} from './contract.ts';
import type { ConflictDesk } from './media.routes.ts';
import { offsetOf, paged } from './paging.ts';
import { type AccountNames, changeShape, placeShape, planShape, reviewShape, rowShape } from './plans.shape.ts';
import { withoutBody } from './without-body.ts';

export type PlanRoutesDeps = Readonly<{
  plans: Plans;
  jobs: Pick<JobQueue, 'enqueue'>;
  connections: Pick<Connections, 'list'>;
  conflicts: Pick<ConflictDesk, 'countOpen'>;
}>;

const tags = ['plans'];

export const planRoutes =
  ({
    plans,
    jobs,
    connections,
    conflicts,
    choice,
    note,
  }: PlanRoutesDeps & Readonly<{ choice: PersonChoice; note: Note }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    const found = async (request: FastifyRequest<{ Params: { id: string } }>): Promise<Plan> => {
      const plan = await plans.get(request.params.id);
      choice.mine(callerOf(request), plan.personId);
      return plan;
    };

    const accountsOf = async (plan: Plan): Promise<AccountNames> =>
      new Map((await connections.list(plan.personId)).map(({ id, name, server }) => [Number(id), { name, type: server.type }] as const));
    const reviewed = async (plan: Plan) => ({
      ...reviewShape(await plans.review(plan), await accountsOf(plan)),
      plan: planShape(plan, await choice.names()),
      conflicts_open: await conflicts.countOpen(),
    });
    type Chosen = Readonly<{ kind?: string; rule?: string; account?: number; rows?: readonly string[] }>;
    const chosen = ({ kind, rule, account, rows }: Chosen) => ({
      ...(kind !== undefined && { kind }),
      ...(rule !== undefined && { rule }),
      ...(account !== undefined && { accountId: accountId(account) }),
      ...(rows && { rows }),
    });

    app.get(
      '/plans',
      {
        schema: {
          operationId: 'app.listPlans',
          summary: 'Plans, newest first',
          tags,
          querystring: PlanQuery,
          response: { 200: Paged(PlanShown), '4xx': Problem },
        },
      },
      async (request) => {
        const { query } = request;
        const personId = await choice.whose(callerOf(request), query.person);
        const filter = { ...(personId !== undefined && { personId }), ...(query.state && { states: [query.state] }) };
        const { plans: rows, total } = await plans.list(filter, offsetOf(query));
        const nameOf = await choice.names();
        return paged(
          rows.map((plan) => planShape(plan, nameOf)),
          total,
          query,
        );
      },
    );

    app.post(
      '/plans',
      {
        preValidation: withoutBody,
        config: demand('sync'),
        schema: {
          operationId: 'app.proposePlan',
          summary: 'Read the accounts that wait for their first plan, and store what would change',
          tags,
          body: PlanWish,
          response: { 202: JobQueued, '4xx': Problem },
        },
      },
      async (request, reply) => {
        const actor = callerOf(request);
        const person = await choice.one(actor, request.body.person);
        const { id, coalesced } = await jobs.enqueue({
          name: PROPOSE_JOB,
          lane: 'bulk',
          person: person.id,
          reference: `${PROPOSE_JOB}:${person.id}`,
          payload: { personId: person.id },
        });
        await note(actor, { verb: 'plan.asked-for', subject: person.name, person: person.id });
        return reply.code(202).send({ job_id: id, coalesced });
      },
    );

    app.get(
      '/plans/:id',
      {
        schema: {
          operationId: 'app.getPlan',
          summary: 'A plan with its changes, page by page',
          tags,
          params: TextParams,
          querystring: ChangeQuery,
          response: { 200: PlanWithChanges, '4xx': Problem },
        },
      },
      async (request) => {
        const plan = await found(request);
        const { query } = request;
        const { changes, total } = await plans.changes(plan.id, query.state ? { states: [query.state] } : {}, offsetOf(query));
        const accounts = await accountsOf(plan);
        const rows = changes.map((change) => changeShape(change, accounts));
        return { plan: planShape(plan, await choice.names()), changes: paged(rows, total, query) };
      },
    );

    app.get(
      '/plans/:id/review',
      {
        schema: {
          operationId: 'app.reviewPlan',
          summary: 'A plan in numbers: by place, by reason, its guards, and what came of it',
          tags,
          params: TextParams,
          response: { 200: PlanReview, '4xx': Problem },
        },
      },
      async (request) => reviewed(await found(request)),
    );

    app.get(
      '/plans/:id/rows',
      {
        schema: {
          operationId: 'app.listPlanRows',
          summary: 'The changes of a plan title by title, with a cell for each place',
          tags,
          params: TextParams,
          querystring: RowQuery,
          response: { 200: PlanRows, '4xx': Problem },
        },
      },
      async (request) => {
        const plan = await found(request);
        const { query } = request;
        const wish = { ...chosen(query), ...(query.state && { states: [query.state] }) };
        const { rows, places, total } = await plans.rows(plan, wish, offsetOf(query));
        const accounts = await accountsOf(plan);
        const items = rows.map((row) => rowShape(row, accounts));
        return { places: places.map((place) => placeShape(place, accounts)), ...paged(items, total, query) };
      },
    );

    app.patch(
      '/plans/:id/changes',
      {
        config: demand('sync'),
        schema: {
          operationId: 'app.leaveOutOfPlan',
          summary: 'Leave changes out of a plan that waits, or take them in again. What rests on them follows',
          tags,
          params: TextParams,
          body: LeaveOutWish,
          response: { 200: PlanReview, '4xx': Problem },
        },
      },
      async (request) => {
        const plan = await found(request);
        const { left_out: leftOut, ...wish } = request.body;
        await plans.leaveOut(plan, chosen(wish), leftOut);
        await note(callerOf(request), {
          verb: leftOut ? 'plan.left-out' : 'plan.taken-in',
          subject: plan.title,
          detail: { planId: plan.id, ...wish },
          person: plan.personId,
        });
        return reviewed(plan);
      },
    );

    for (const [verb, operationId, summary] of [
      ['approve', 'app.approvePlan', 'Carry the plan out as it was shown'],
      ['reject', 'app.rejectPlan', 'Do nothing of it'],
    ] as const) {
      app.post(
        `/plans/:id/${verb}`,
        {
          config: demand('sync'),
          schema: { operationId, summary, tags, params: TextParams, response: { 200: PlanShown, '4xx': Problem } },
        },
        async (request) => {
          const actor = callerOf(request);
          const plan = await plans[verb]((await found(request)).id, actor);
          await note(actor, { verb: `plan.${plan.state}`, subject: plan.title, detail: { planId: plan.id }, person: plan.personId });
          return planShape(plan, await choice.names());
        },
      );
    }
  };
