import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { Tracker } from '#features/tracker/index.ts';
import { callerOf, type PersonChoice } from './app.auth.ts';
import { Paged, PageQuery, PersonQuery, Problem } from './contract.ts';
import { LibraryCounts, LibraryQuery, Listed, listedShape, NextListed, nextShape } from './library.shape.ts';
import { offsetOf, paged } from './paging.ts';

export type LibraryRoutesDeps = Readonly<{ tracker: Pick<Tracker, 'own' | 'view'> }>;

const tags = ['tracker'];

/** What a person tracks: their lists in windows, and what comes next. */
export const libraryRoutes =
  ({ tracker, choice }: LibraryRoutesDeps & Readonly<{ choice: PersonChoice }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { view } = tracker;

    app.get(
      '/library',
      {
        schema: {
          operationId: 'app.listLibrary',
          summary: "A window of a person's library. What a sort has nothing for comes last",
          tags,
          querystring: LibraryQuery,
          response: { 200: Paged(Listed), '4xx': Problem },
        },
      },
      async (request) => {
        const { query } = request;
        const person = await choice.one(callerOf(request), query.person);
        const { items, total } = await view.window(person.id, {
          types: query.shelf ?? [],
          lists: query.list ?? [],
          sort: query.sort,
          // Names are read from A on, all else from the newest or the best.
          down: (query.order ?? (query.sort === 'title' ? 'up' : 'down')) === 'down',
          ...offsetOf(query),
          ...(query.text !== undefined && { text: query.text }),
          ...(query.rated !== undefined && { rated: query.rated }),
        });
        return paged(items.map(listedShape), total, query);
      },
    );

    app.get(
      '/library/counts',
      {
        schema: {
          operationId: 'app.countLibrary',
          summary: 'How much is on each list, and how often each rating was given',
          tags,
          querystring: Type.Object(PersonQuery),
          response: { 200: LibraryCounts, '4xx': Problem },
        },
      },
      async (request) => {
        const person = await choice.one(callerOf(request), request.query.person);
        const [lists, ratings] = await Promise.all([view.counts(person.id), view.ratings(person.id)]);
        return {
          lists: lists.map(({ type, list, count }) => ({ shelf: type, list, count })),
          ratings: ratings.map(({ type, rating, count }) => ({ shelf: type, rating, count })),
        };
      },
    );

    app.get(
      '/library/up-next',
      {
        schema: {
          operationId: 'app.listUpNext',
          summary: 'The next episode of each show that is being watched, and those that are announced',
          tags,
          querystring: Type.Object({ ...PageQuery, ...PersonQuery }),
          response: { 200: Type.Intersect([Paged(NextListed), Type.Object({ coming: Type.Array(NextListed) })]), '4xx': Problem },
        },
      },
      async (request) => {
        const { query } = request;
        const person = await choice.one(callerOf(request), query.person);
        const { items, total, coming } = await view.upNext(person.id, offsetOf(query));
        return { ...paged(items.map(nextShape), total, query), coming: coming.map(nextShape) };
      },
    );
  };
