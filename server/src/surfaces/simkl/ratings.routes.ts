import type { FastifyReply, FastifyRequest } from 'fastify';
import { isRating } from '#core/viewing/index.ts';
import type { LibraryType, RatingOutcome, Tracker } from '#features/tracker/index.ts';
import { isRecord, type JsonObject } from '#kernel/json.ts';
import { detailOf, viewOf } from './all-items.routes.ts';
import { echo } from './history.shape.ts';
import { libraryEntries } from './library.shape.ts';
import { animeTypeOf, SIMKL_TYPE, wordOfList } from './list-words.ts';
import { callerOf, requireWrite, type SimklApp } from './simkl.auth.ts';
import type { SimklScope } from './simkl-scope.ts';
import { streamLibrary } from './stream-library.ts';
import { claimOf, namesTitles, readBody, type SyncBody } from './sync-body.ts';
import { dateOf, wholeNumber } from './told-title.ts';

export type RatingRoutesDeps = Readonly<{ tracker: Pick<Tracker, 'library' | 'rate' | 'unrate'> }>;

const tags = ['simkl/sync'];
const SHELVES: readonly LibraryType[] = ['shows', 'anime', 'movies'];

const countOf = (outcomes: readonly RatingOutcome[], kind: 'movie' | 'show'): number =>
  outcomes.filter((outcome) => outcome?.title.kind === kind).length;

/** An episode by itself has no rating. */
const lostOf = (body: SyncBody, outcomes: readonly RatingOutcome[]): JsonObject =>
  echo([...body.titles.filter((_, index) => outcomes[index] === undefined), ...body.episodes], ['movies', 'shows']);

function ratedAnswer(body: SyncBody, outcomes: readonly RatingOutcome[], app: Pick<SimklApp, 'dialect'>): JsonObject {
  const statuses = body.titles.flatMap((item, index) => {
    const outcome = outcomes[index];
    if (!outcome?.list) return [];
    const { title, list } = outcome;
    const response = { status: wordOfList(list, app), simkl_type: SIMKL_TYPE[title.type], anime_type: animeTypeOf(title) };
    return [{ request: { ...item.value, type: title.kind }, response }];
  });
  return {
    added: { movies: countOf(outcomes, 'movie'), shows: countOf(outcomes, 'show'), statuses },
    not_found: lostOf(body, outcomes),
  };
}

/** What a person thinks of titles: told, taken back, and read. */
export function ratingRoutes(app: SimklScope, { tracker }: RatingRoutesDeps): void {
  /** What is no rating from 1 to 10 is told as not found, as the original does. */
  async function rate(request: FastifyRequest): Promise<JsonObject> {
    const caller = requireWrite(request);
    const body = readBody(request.body);
    const sound = body.titles.flatMap((item, index) => {
      const rating = wholeNumber(item.value.rating);
      const ratedAt = dateOf(`${item.field}.rated_at`, item.value.rated_at);
      return isRating(rating) ? [{ index, word: { claim: claimOf(item), rating, ...(ratedAt !== undefined && { ratedAt }) } }] : [];
    });
    const rated = await tracker.rate(
      caller.personId,
      sound.map((one) => one.word),
    );
    const outcomes = new Map(sound.map((one, at) => [one.index, rated[at]]));
    return ratedAnswer(
      body,
      body.titles.map((_, index) => outcomes.get(index)),
      caller.app,
    );
  }

  function read(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const caller = callerOf(request);
    const { type, rating } = request.params as { type?: string; rating?: string };
    const query = isRecord(request.query) ? request.query : {};
    const ratedAfter = dateOf('?date_from', query.date_from);
    const named = SHELVES.find((shelf) => shelf === type?.toLowerCase());
    const ratings = (rating ?? '').split(',').flatMap((one) => {
      const number = wholeNumber(one);
      return isRating(number) ? [number] : [];
    });
    const view = viewOf(query, caller.app);
    const filter = { ...(ratings.length > 0 && { ratings }), ...(ratedAfter !== undefined && { ratedAfter }) };
    const pages = tracker.library(caller.personId, named ? [named] : SHELVES, filter, detailOf(view));
    return reply.type('application/json; charset=utf-8').send(streamLibrary(pages, (item) => libraryEntries(item, view), '{}'));
  }

  app.post('/sync/ratings', { schema: { operationId: 'simkl.rate', summary: 'Rates titles', tags } }, (request, reply) =>
    namesTitles(request.body) ? rate(request) : read(request, reply),
  );
  app.get('/sync/ratings', { schema: { operationId: 'simkl.ratings', summary: 'What was rated', tags } }, async (request, reply) =>
    read(request, reply),
  );
  for (const url of ['/sync/ratings/:type', '/sync/ratings/:type/:rating']) {
    app.route({
      method: ['GET', 'POST'],
      url,
      schema: { operationId: `simkl.ratings${url.split(':').length - 1}`, summary: 'What was rated, of a kind or with a rating', tags },
      handler: async (request, reply) => read(request, reply),
    });
  }

  app.post('/sync/ratings/remove', { schema: { operationId: 'simkl.unrate', summary: 'Takes ratings back', tags } }, async (request) => {
    const caller = requireWrite(request);
    const body = readBody(request.body);
    const outcomes = await tracker.unrate(caller.personId, body.titles.map(claimOf));
    return {
      deleted: { movies: countOf(outcomes, 'movie'), shows: countOf(outcomes, 'show') },
      not_found: lostOf(body, outcomes),
    };
  });
}
