import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import { type Instant, toIso } from '#kernel/instant.ts';
import { isoOrNull } from './account.shape.ts';
import type { Note } from './activity-note.ts';
import { callerOf, demand } from './app.auth.ts';
import { Nothing, Paged, Problem } from './contract.ts';
import { ChangeMade, ChangesQuery, DeadLetter, EventShown, EventsQuery, LetterWish } from './contract-events.ts';
import { offsetOf, paged } from './paging.ts';

type Published = Readonly<{ id: number; topic: string; payload: unknown; at: Instant }>;
type Letter = Published & Readonly<{ subscriber: string; attempts: number; error: string }>;
type ChangeState = 'intended' | 'confirmed' | 'failed' | 'unconfirmed';
type Change = Readonly<{
  id: number;
  kind: string;
  target: string;
  subject: string;
  payload: unknown;
  before: unknown;
  state: ChangeState;
  outcome: unknown;
  createdAt: Instant;
  finishedAt: Instant | undefined;
}>;

export type EventRoutesDeps = Readonly<{
  /** See platform/events. */
  events: Readonly<{
    recent(
      topic: string | undefined,
      page: Readonly<{ offset: number; limit: number }>,
    ): Promise<Readonly<{ events: readonly (Published & Readonly<{ waiting: readonly string[] }>)[]; total: number }>>;
    deadLetters(): Promise<readonly Letter[]>;
    revive(subscriber: string, eventId: number): Promise<void>;
    discard(subscriber: string, eventId: number): Promise<void>;
  }>;
  /** See platform/journal. */
  journal: Readonly<{
    list(
      filter: Readonly<{ states?: readonly ChangeState[]; target?: string; subject?: string }>,
      page: number,
      perPage: number,
    ): Promise<Readonly<{ entries: readonly Change[]; total: number }>>;
  }>;
}>;

const admin = demand('admin');
const problems = { '4xx': Problem };

/** What happened in the house, and what was changed on other servers. */
export const eventRoutes =
  ({ events, journal, note }: EventRoutesDeps & Readonly<{ note: Note }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/events',
      {
        config: admin,
        schema: {
          operationId: 'app.listEvents',
          summary: 'What happened within the last hour, and what still waits for a part of the house; newest first',
          tags: ['events'],
          querystring: EventsQuery,
          response: { 200: Paged(EventShown), ...problems },
        },
      },
      async ({ query }) => {
        const { events: found, total } = await events.recent(query.topic, offsetOf(query));
        return paged(
          found.map(({ id, topic, payload, at, waiting }) => ({ id, topic, payload, at: toIso(at), waiting: [...waiting] })),
          total,
          query,
        );
      },
    );

    app.get(
      '/events/dead-letters',
      {
        config: admin,
        schema: {
          operationId: 'app.listDeadLetters',
          summary: 'What a part of the house refused as often as it was offered, oldest first',
          tags: ['events'],
          response: { 200: Type.Array(DeadLetter), ...problems },
        },
      },
      async () =>
        (await events.deadLetters()).map(({ id, topic, payload, at, subscriber, attempts, error }) => ({
          id,
          topic,
          payload,
          at: toIso(at),
          subscriber,
          attempts,
          error,
        })),
    );

    for (const [verb, operationId, summary] of [
      ['revive', 'app.reviveEvent', 'Offer it anew'],
      ['discard', 'app.discardEvent', 'Give it up'],
    ] as const) {
      app.post(
        `/events/dead-letters/${verb}`,
        {
          config: admin,
          schema: { operationId, summary, tags: ['events'], body: LetterWish, response: { 204: Nothing, ...problems } },
        },
        async (request, reply) => {
          const { subscriber, event } = request.body;
          await events[verb](subscriber, event);
          await note(callerOf(request), { verb: `event.${verb}d`, subject: `event ${event}`, detail: { subscriber } });
          return reply.code(204).send(null);
        },
      );
    }

    app.get(
      '/changes',
      {
        config: admin,
        schema: {
          operationId: 'app.listChanges',
          summary: 'What was changed on other servers, newest first: what was there before, what was wanted, and what came of it',
          tags: ['records'],
          querystring: ChangesQuery,
          response: { 200: Paged(ChangeMade), ...problems },
        },
      },
      async ({ query }) => {
        const filter = {
          ...(query.state && { states: query.state }),
          ...(query.target !== undefined && { target: query.target }),
          ...(query.subject !== undefined && { subject: query.subject }),
        };
        const { entries, total } = await journal.list(filter, query.page, query.per_page);
        const shown = entries.map((entry) => ({
          id: entry.id,
          kind: entry.kind,
          target: entry.target,
          subject: entry.subject,
          before: entry.before ?? null,
          wanted: entry.payload,
          state: entry.state,
          outcome: entry.outcome ?? null,
          created_at: toIso(entry.createdAt),
          finished_at: isoOrNull(entry.finishedAt),
        }));
        return paged(shown, total, query);
      },
    );
  };
