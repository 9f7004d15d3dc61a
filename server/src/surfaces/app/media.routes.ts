import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { Connections } from '#core/connections/index.ts';
import type { Choice, MediaConflict } from '#core/media/index.ts';
import type { History } from '#core/viewing/index.ts';
import { invalid } from '#kernel/app-error.ts';
import { mediaId } from '#kernel/ids.ts';
import type { Note } from './activity-note.ts';
import { callerOf, demand, type PersonChoice } from './app.auth.ts';
import {
  Conflict,
  ConflictChoice,
  ConflictQuery,
  HistoryEntry,
  HistoryQuery,
  Nothing,
  NumberParams,
  Paged,
  PersonQuery,
  Problem,
} from './contract.ts';
import { conflictShape, historyShape } from './media.shape.ts';
import { offsetOf, paged } from './paging.ts';

/** The questions of the media graph, each verb in a transaction of its own. */
export type ConflictDesk = Readonly<{
  list(filter: Readonly<{ state: 'open' | 'settled' | 'all'; offset: number; limit: number }>): Promise<readonly MediaConflict[]>;
  countOpen(): Promise<number>;
  settle(id: number, choice: Choice, actor: string): Promise<void>;
}>;

export type MediaRoutesDeps = Readonly<{
  conflicts: ConflictDesk;
  history: Pick<History, 'list' | 'get'>;
  connections: Pick<Connections, 'list'>;
}>;

export const mediaRoutes =
  (deps: MediaRoutesDeps & Readonly<{ choice: PersonChoice; note: Note }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { conflicts, history, connections, choice, note } = deps;

    const accountNames = async (person: Parameters<Connections['list']>[0]) => {
      const known = new Map<number, string>((await connections.list(person)).map((account) => [account.id, account.name]));
      return (id: number | undefined): string | null => (id === undefined ? null : (known.get(id) ?? 'a removed account'));
    };

    app.get(
      '/conflicts',
      {
        schema: {
          operationId: 'app.listConflicts',
          summary: 'Titles whose ids contradict each other, for a person to settle',
          tags: ['conflicts'],
          querystring: ConflictQuery,
          response: { 200: Type.Object({ items: Type.Array(Conflict), open: Type.Integer() }), '4xx': Problem },
        },
      },
      async (request) => {
        const { query } = request;
        // They show titles and paths of everybody's servers.
        choice.mine(callerOf(request), undefined);
        const items = await conflicts.list({ state: query.state, ...offsetOf(query) });
        return { items: items.map(conflictShape), open: await conflicts.countOpen() };
      },
    );

    app.post(
      '/conflicts/:id/settle',
      {
        config: demand('admin'),
        schema: {
          operationId: 'app.settleConflict',
          summary: 'Say which title it is, or that it is none of them, one, or two',
          tags: ['conflicts'],
          params: NumberParams,
          body: ConflictChoice,
          response: { 204: Nothing, '4xx': Problem },
        },
      },
      async (request, reply) => {
        const { body, params } = request;
        const choiceMade = body.media === undefined ? body.choice : { media: mediaId(body.media) };
        if (choiceMade === undefined) throw invalid('choice', 'is missing');
        const actor = callerOf(request);
        await conflicts.settle(params.id, choiceMade, actor.name);
        await note(actor, { verb: 'conflict.settled', subject: `conflict ${params.id}`, detail: { ...body } });
        return reply.code(204).send(null);
      },
    );

    app.get(
      '/history',
      {
        schema: {
          operationId: 'app.listHistory',
          summary: "A person's titles, newest change first",
          tags: ['history'],
          querystring: HistoryQuery,
          response: { 200: Paged(HistoryEntry), '4xx': Problem },
        },
      },
      async (request) => {
        const { page, per_page, person: name, ...filter } = request.query;
        const person = await choice.one(callerOf(request), name);
        const { entries, total } = await history.list(person.id, filter, offsetOf({ page, per_page }));
        const nameOf = await accountNames(person.id);
        return paged(
          entries.map((entry) => historyShape(entry, nameOf)),
          total,
          { page, per_page },
        );
      },
    );

    app.get(
      '/history/:id',
      {
        schema: {
          operationId: 'app.getHistory',
          summary: 'The story of one title: what each account says, and every play',
          tags: ['history'],
          params: NumberParams,
          querystring: Type.Object(PersonQuery),
          response: { 200: HistoryEntry, '4xx': Problem },
        },
      },
      async (request) => {
        const person = await choice.one(callerOf(request), request.query.person);
        return historyShape(await history.get(person.id, mediaId(request.params.id)), await accountNames(person.id));
      },
    );
  };
