import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { Media, MergedPair, MergeRecord } from '#core/media/index.ts';
import { type MediaId, mediaId } from '#kernel/ids.ts';
import { toIso } from '#kernel/instant.ts';
import { isoOrNull } from './account.shape.ts';
import type { Note } from './activity-note.ts';
import { callerOf, demand, type PersonChoice } from './app.auth.ts';
import { Merge, MergeWish, Nothing, NumberParams, PageQuery, Problem } from './contract.ts';
import { mediumShape } from './media.shape.ts';
import { offsetOf } from './paging.ts';

/** Entries of the media graph that became one, and are two again. Each verb is a transaction of its own, and servers learn at once. */
export type MergeDesk = Readonly<{
  listMerges(page: Readonly<{ limit: number; offset: number }>): Promise<readonly MergeRecord[]>;
  /** Throws `not-found`, and `conflict` where it is split already. */
  split(id: number): Promise<readonly MergedPair[]>;
  /** Throws `not-found`, and `conflict` where the two are not of one kind. */
  merge(from: MediaId, into: MediaId, actor: string): Promise<readonly MergedPair[]>;
  /** By the id asked for, as it was before it was merged. */
  titles(ids: readonly MediaId[]): Promise<ReadonlyMap<number, Media>>;
}>;

export type MergeRoutesDeps = Readonly<{ merges: MergeDesk }>;

export const mergeRoutes =
  ({ merges, choice, note }: MergeRoutesDeps & Readonly<{ choice: PersonChoice; note: Note }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/merges',
      {
        schema: {
          operationId: 'app.listMerges',
          summary: 'Entries that became one, newest first',
          tags: ['conflicts'],
          querystring: Type.Object(PageQuery),
          response: { 200: Type.Object({ items: Type.Array(Merge) }), '4xx': Problem },
        },
      },
      async (request) => {
        choice.mine(callerOf(request), undefined);
        const { limit, offset } = offsetOf(request.query);
        const records = await merges.listMerges({ limit, offset });
        const titles = await merges.titles(records.flatMap(({ from, into }) => [from, into]));
        const items = records.flatMap(({ mergeId, from, into, actor, at, splitAt }) => {
          const [one, other] = [titles.get(from), titles.get(into)];
          if (!one || !other) return [];
          return [
            { id: mergeId, from: mediumShape(one), into: mediumShape(other), by: actor, at: toIso(at), split_at: isoOrNull(splitAt) },
          ];
        });
        return { items };
      },
    );

    app.post(
      '/merges',
      {
        config: demand('admin'),
        schema: {
          operationId: 'app.mergeTitles',
          summary: 'Say that two entries are one title: `from` becomes `into`, and can be split again',
          tags: ['conflicts'],
          body: MergeWish,
          response: { 204: Nothing, '4xx': Problem },
        },
      },
      async (request, reply) => {
        const { from, into } = request.body;
        const actor = callerOf(request);
        const [merged] = await merges.merge(mediaId(from), mediaId(into), actor.name);
        const detail = { from, into, ...(merged && { mergeId: merged.mergeId }) };
        await note(actor, { verb: 'media.merged', subject: `title ${from} into ${into}`, detail });
        return reply.code(204).send(null);
      },
    );

    app.post(
      '/merges/:id/split',
      {
        config: demand('admin'),
        schema: {
          operationId: 'app.splitMerge',
          summary: 'Take a merge back. The two are held apart from then on',
          tags: ['conflicts'],
          params: NumberParams,
          response: { 204: Nothing, '4xx': Problem },
        },
      },
      async (request, reply) => {
        const { id } = request.params;
        await merges.split(id);
        await note(callerOf(request), { verb: 'merge.split', subject: `merge ${id}`, detail: { mergeId: id } });
        return reply.code(204).send(null);
      },
    );
  };
