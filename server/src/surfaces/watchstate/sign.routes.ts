import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import { may } from '#core/access/index.ts';
import type { History } from '#core/viewing/index.ts';
import type { Player } from '#features/player/index.ts';
import { invalid, isAppError } from '#kernel/app-error.ts';
import { mediaId } from '#kernel/ids.ts';
import { toAtom } from '#kernel/instant.ts';
import { reportedFiles } from './history.shape.ts';
import { callerOf } from './watchstate.auth.ts';
import { Failure } from './watchstate.shape.ts';

export type SignRoutesDeps = Readonly<{ history: Pick<History, 'get'>; player: Pick<Player, 'sign'> }>;

const Wish = Type.Object({
  path: Type.String({ maxLength: 4_000, pattern: '^[^\\u0000]*$', description: 'One of files[].path, or as a backend names it.' }),
  time: Type.Optional(Type.String({ maxLength: 50, description: 'ISO 8601: PT24H unless told, seven days at most.' })),
  config: Type.Optional(
    Type.Unknown({
      description:
        'audio, subtitle, debug, direct_play, browser_subtitles, video_codec, vaapi_device, video_bitrate; the rest is left alone.',
    }),
  ),
});

/** A token for a file of a title, at /system/sign/{id}. */
export const signRoutes =
  ({ history, player }: SignRoutesDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.post(
      '/:id',
      {
        schema: {
          operationId: 'watchstate.signFile',
          tags: ['player'],
          params: Type.Object({ id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) }),
          body: Wish,
          response: { 200: Type.Object({ token: Type.String(), expires: Type.String() }), '4xx': Failure, '5xx': Failure },
        },
      },
      async (request, reply) => {
        const { person, actor } = callerOf(request);
        const { path, time, config } = request.body;
        if (path === '') throw invalid('path', 'is missing');
        const entry = await history.get(person.id, mediaId(request.params.id)).catch((error: unknown) => {
          // As the page has it: the record is an input here.
          throw isAppError(error, 'not-found') ? invalid('id', error.message, error) : error;
        });
        const { token, expiresAt } = await player.sign({
          reported: reportedFiles(entry),
          path,
          time,
          config,
          reach: { anywhere: may(actor, 'admin') },
          people: [person.id, actor.personId ?? person.id],
        });
        reply.header('cache-control', 'no-store');
        return { token, expires: toAtom(expiresAt) };
      },
    );
  };
