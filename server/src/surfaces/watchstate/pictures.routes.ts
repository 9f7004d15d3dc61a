import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { History } from '#core/viewing/index.ts';
import type { Picture, Pictures } from '#features/pictures/index.ts';
import { AppError, invalid, isUpstreamFault } from '#kernel/app-error.ts';
import { mediaId } from '#kernel/ids.ts';
import { seconds } from '#kernel/instant.ts';
import { askUpstream } from './upstream-call.ts';
import { callerOf } from './watchstate.auth.ts';
import { Failure } from './watchstate.shape.ts';

export type PicturesRoutesDeps = Readonly<{ pictures: Pick<Pictures, 'of' | 'some'>; history: Pick<History, 'get'> }>;

const tags = ['history'];
const Kind = Type.Union([Type.Literal('poster'), Type.Literal('background')]);
const image = Type.Any({ description: 'The picture' });
const PATIENCE = seconds(20);

/** Dates of HTTP are whole seconds. */
const isKnown = (request: FastifyRequest, { modifiedAt }: Picture): boolean => {
  const since = Date.parse(request.headers['if-modified-since'] ?? '');
  return Number.isFinite(since) && Math.floor(modifiedAt / 1_000) * 1_000 <= since;
};

function send(request: FastifyRequest, reply: FastifyReply, picture: Picture): FastifyReply {
  reply.header('x-via', picture.account).header('cache-control', 'private, max-age=3600');
  reply.header('last-modified', new Date(picture.modifiedAt).toUTCString());
  return isKnown(request, picture) ? reply.code(304).send() : reply.type(picture.type).send(picture.body);
}

/** /history/{id}/images/{type} */
export const historyPictureRoutes =
  ({ pictures, history }: PicturesRoutesDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/:id/images/:type',
      {
        schema: {
          operationId: 'watchstate.getHistoryImage',
          tags,
          params: Type.Object({ id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }), type: Kind }),
          response: { 200: image, '4xx': Failure },
        },
      },
      async (request, reply) => {
        const { id, type } = request.params;
        const entry = await history.get(callerOf(request).person.id, mediaId(id));
        const found = await askUpstream((call) => pictures.of(entry, type, call), PATIENCE).catch((cause: unknown) => {
          // The page answers 400 where the server does not give it.
          throw isUpstreamFault(cause) ? invalid('type', `could not be fetched: ${cause.message}`, cause) : cause;
        });
        if (!found) throw new AppError('not-found', `No server has a ${type} of the title ${id}.`);
        return send(request, reply, found);
      },
    );
  };

/** /system/images/{type} */
export const somePictureRoutes =
  ({ pictures }: PicturesRoutesDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/images/:type',
      {
        schema: {
          operationId: 'watchstate.getSomeImage',
          tags,
          params: Type.Object({ type: Kind }),
          querystring: Type.Object({ force: Type.Optional(Type.Boolean()) }),
          response: { 200: image, '4xx': Failure },
        },
      },
      async (request, reply) => {
        const how = { anew: request.query.force ?? false };
        const found = await askUpstream(
          (call) => pictures.some(callerOf(request).person.id, request.params.type, { ...call, ...how }),
          PATIENCE,
        );
        return found ? send(request, reply, found) : reply.code(204).send();
      },
    );
  };
