import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { Posters } from '#features/pictures/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { mediaId } from '#kernel/ids.ts';
import { NumberParams, Problem } from './contract.ts';

export type PictureRoutesDeps = Readonly<{ posters: Pick<Posters, 'of'> }>;

const PosterQuery = Type.Object({
  width: Type.Integer({ minimum: 1, maximum: 4_000, default: 342, description: 'Pixels; the poster is about that wide, or smaller.' }),
});
/** An hour without asking; then the old one is shown while a browser asks whether it still holds. */
const CACHING = 'private, max-age=3600, stale-while-revalidate=604800';
/** Pages of posters ask again at every visit. */
const CACHING_OF_NONE = 'private, max-age=300';

/** A list of tags, weak ones too, or a star. */
const names = (header: string | undefined, tag: string): boolean =>
  (header ?? '').split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === tag);

/** Pictures of titles, through this server. */
export const pictureRoutes =
  ({ posters }: PictureRoutesDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/titles/:id/poster',
      {
        schema: {
          operationId: 'app.getTitlePoster',
          summary: 'The poster of a title, of an episode that of its series; 404 where nobody has one',
          tags: ['titles'],
          params: NumberParams,
          querystring: PosterQuery,
          response: { 200: Type.Any({ description: 'The picture' }), '4xx': Problem, '5xx': Problem },
        },
      },
      async (request, reply) => {
        const { params, query, headers } = request;
        const poster = await posters.of(mediaId(params.id), query.width);
        if (poster === undefined) {
          reply.header('cache-control', CACHING_OF_NONE);
          throw new AppError('not-found', `Nobody here has a poster of the title ${params.id}.`);
        }
        const tag = `"${poster.tag}"`;
        reply.header('etag', tag).header('cache-control', CACHING);
        return names(headers['if-none-match'], tag) ? reply.code(304).send() : reply.type(poster.type).send(poster.body);
      },
    );
  };
