import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import type { Connections } from '#core/connections/index.ts';
import type { Plan, PlanChange, Plans } from '#core/plans/index.ts';
import { PROPOSE_JOB } from '#features/watch-sync/index.ts';
import { toIso } from '#kernel/instant.ts';
import type { JobQueue } from '#platform/jobs/index.ts';
import { isoOrNull } from './account.shape.ts';
import type { Note } from './activity-note.ts';
import { callerOf, demand, type PersonChoice } from './app.auth.ts';
import { ChangeQuery, JobQueued, Paged, PlanQuery, Plan as PlanShown, PlanWish, PlanWithChanges, Problem, TextParams } from './contract.ts';
import { offsetOf, paged } from './paging.ts';
import { withoutBody } from './without-body.ts';

export type PlanRoutesDeps = Readonly<{ plans: Plans; jobs: Pick<JobQueue, 'enqueue'>; connections: Pick<Connections, 'list'> }>;

const tags = ['plans'];

const planShape = (plan: Plan, nameOf: (id: number | undefined) => string | null) => ({
  id: plan.id,
  feature: plan.feature,
  person: nameOf(plan.personId),
  title: plan.title,
  state: plan.state,
  reason: plan.reason,
  summary: { ...plan.summary },
  job_id: plan.jobId ?? null,
  created_at: toIso(plan.createdAt),
  expires_at: isoOrNull(plan.expiresAt),
  decided_at: isoOrNull(plan.decidedAt),
  decided_by: plan.decidedBy?.name ?? null,
  finished_at: isoOrNull(plan.finishedAt),
  outcome: plan.outcome ?? null,
});

const changeShape = (change: PlanChange, accounts: ReadonlyMap<number, string>) => ({
  seq: change.seq,
  kind: change.kind,
  account_id: change.accountId ?? null,
  account: (change.accountId === undefined ? undefined : accounts.get(change.accountId)) ?? null,
  subject: { ...change.subject },
  before: change.before,
  after: change.after,
  reason: {
    rule: change.reason.rule,
    facts: change.reason.facts.map(({ text, source, at }) => ({ text, source, at: isoOrNull(at) })),
  },
  asked_by: change.askedBy.name,
  state: change.state,
  outcome: change.outcome ?? null,
});

export const planRoutes =
  ({
    plans,
    jobs,
    connections,
    choice,
    note,
  }: PlanRoutesDeps & Readonly<{ choice: PersonChoice; note: Note }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    const found = async (request: FastifyRequest<{ Params: { id: string } }>): Promise<Plan> => {
      const plan = await plans.get(request.params.id);
      choice.mine(callerOf(request), plan.personId);
      return plan;
    };

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
        const accounts = new Map<number, string>((await connections.list(plan.personId)).map(({ id, name }) => [id, name] as const));
        const rows = changes.map((change) => changeShape(change, accounts));
        return { plan: planShape(plan, await choice.names()), changes: paged(rows, total, query) };
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
