import { Type } from '@fastify/type-provider-typebox';
import type { Catalogue, CatalogueTitle } from '#features/catalogue/index.ts';
import { invalid } from '#kernel/app-error.ts';
import { isRecord } from '#kernel/json.ts';
import { fileMatchOf, foundOf, listedOf } from './search.shape.ts';
import { anyKnownApp, callerIfAny } from './simkl.auth.ts';
import type { SimklScope } from './simkl-scope.ts';
import { namedInQuery, toldText, wholeNumber } from './told-title.ts';

export type SearchRoutesDeps = Readonly<{ catalogue: Pick<Catalogue, 'findAll' | 'search' | 'byFile' | 'episodes'> }>;

const SHELVES = { movie: 'movie', tv: 'show', anime: 'anime', all: 'all' } as const;
const KINDS: Readonly<Record<string, readonly ('movie' | 'show')[]>> = { movie: ['movie'], show: ['show'], tv: ['show'] };
const MAX_PAGE = 20;
const MAX_LIMIT = 50;
const USUAL_LIMIT = 10;
const MAX_PATH = 4_096;

const tags = ['simkl/search'];

/** Numbers beyond what is served are taken for the nearest that is. */
function countOf(field: string, value: unknown, usual: number, max: number): number {
  if (value === undefined || value === '') return usual;
  const count = wholeNumber(value);
  if (count === undefined) throw invalid(field, 'is no whole number.');
  return Math.min(Math.max(count, 1), max);
}

/** An app that asks for a season or an episode wants no movie. */
function kindsOf(query: Readonly<Record<string, unknown>>): readonly ('movie' | 'show')[] {
  if (wholeNumber(query.season) !== undefined || wholeNumber(query.episode) !== undefined) return ['show'];
  return KINDS[String(query.type)] ?? ['movie', 'show'];
}

/** Looking titles up. Everybody in the house may know what titles there are, so an app needs nobody behind it. */
export function searchRoutes(app: SimklScope, { catalogue }: SearchRoutesDeps): void {
  const config = anyKnownApp;

  app.get(
    '/search/id',
    { config, schema: { operationId: 'simkl.searchId', summary: 'The titles that have these ids', tags } },
    async ({ query }) => {
      const given = isRecord(query) ? query : {};
      const found = await catalogue.findAll(namedInQuery(given), kindsOf(given));
      const wanted = given.type === 'anime' ? found.filter((title) => title.shelf === 'anime') : found;
      return Promise.all(wanted.map(async (title) => foundOf(title, await countEpisodes(title))));
    },
  );

  async function countEpisodes(title: CatalogueTitle): Promise<number> {
    return title.media.kind === 'show' ? (await catalogue.episodes(title.id)).filter((episode) => episode.season > 0).length : 0;
  }

  app.route({
    method: ['GET', 'POST'],
    url: '/search/file',
    config,
    schema: { operationId: 'simkl.searchFile', summary: 'What a file is, by its name', tags },
    handler: async ({ body, query }, reply) => {
      const asked = isRecord(body) && Object.keys(body).length > 0 ? body : isRecord(query) ? query : {};
      // What the original says where it is asked nothing.
      if (asked.file === undefined) return reply.type('application/json').send('null');
      const match = await catalogue.byFile(pathOf(asked.file));
      const part = partOf(asked.part);
      return match === undefined ? [] : fileMatchOf(match, part);
    },
  });

  app.get(
    '/search/:type',
    {
      config,
      schema: {
        operationId: 'simkl.searchText',
        summary: 'Titles by a part of their name',
        tags,
        params: Type.Object({ type: Type.String() }),
      },
    },
    async (request, reply) => {
      const { params, query } = request;
      const shelf = Object.hasOwn(SHELVES, params.type) ? SHELVES[params.type as keyof typeof SHELVES] : undefined;
      if (shelf === undefined) return reply.type('application/json').send('null');
      const given = isRecord(query) ? query : {};
      const page = countOf('page', given.page, 1, MAX_PAGE);
      const limit = countOf('limit', given.limit, USUAL_LIMIT, MAX_LIMIT);
      const search = { shelf, text: toldText(given.q) ?? '', limit, offset: (page - 1) * limit };
      // Whoever has nobody behind it makes the house ask nobody else, and know nothing new.
      const { titles, total } = await catalogue.search(search, { beyond: callerIfAny(request) !== undefined });
      reply.headers({
        'x-pagination-page': page,
        'x-pagination-limit': limit,
        'x-pagination-page-count': Math.ceil(total / limit),
        'x-pagination-item-count': total,
      });
      return titles.map((title) => listedOf(title, given.extended === 'full'));
    },
  );
}

function pathOf(value: unknown): string {
  if (typeof value !== 'string') throw invalid('file', 'must be a text.');
  if (value.length > MAX_PATH) throw invalid('file', `must not be longer than ${MAX_PATH} characters.`);
  return value;
}

function partOf(value: unknown): number {
  if (value === undefined || value === null || value === '') return 1;
  const part = wholeNumber(value);
  if (part === undefined) throw invalid('part', 'is no whole number.');
  return Math.max(part, 1);
}
