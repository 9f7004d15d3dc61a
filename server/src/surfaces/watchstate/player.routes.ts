import { type FileHandle, open } from 'node:fs/promises';
import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Player, SubtitleChoice } from '#features/player/index.ts';
import { AppError, invalid, isAppError } from '#kernel/app-error.ts';
import type { Clock } from '#kernel/instant.ts';
import { Empty, Failure } from './watchstate.shape.ts';

export type PlayerRoutesDeps = Readonly<{
  player: Pick<Player, 'grant' | 'masterPlaylist' | 'mediaPlaylist' | 'segment' | 'subtitlePlaylist' | 'subtitle'>;
  clock: Clock;
  /** The path of the address that others use, without its last slash: players follow the paths that playlists name. */
  basePath: string;
}>;

/** The token in the path is the credential. */
export const OPEN_PLAYER_ROUTES: readonly string[] = [
  'GET /player/playlist/:token',
  'GET /player/playlist/:token/*',
  'GET /player/m3u8/:token',
  'GET /player/m3u8/:token/*',
  'GET /player/segments/:token/:segment',
  'GET /player/subtitle/:token/:file',
];

const Token = Type.String({ maxLength: 100 });
const Seconds = Type.Optional(Type.Number({ minimum: 1, maximum: 30, description: 'How long a segment should last.' }));
const Debug = Type.Optional(Type.Boolean({ description: 'Tell how segments are made, in their headers.' }));
const PlaylistQuery = Type.Object({ sd: Seconds, debug: Debug });
const SegmentQuery = Type.Object({
  sd: Type.Optional(
    Type.Number({ minimum: 0, maximum: 3_600, description: 'Taken, without effect: the last segment holds what is left.' }),
  ),
  length: Seconds,
  debug: Debug,
});
const tags = ['player'];
const errors = { 304: Empty, '4xx': Failure, '5xx': Failure };
const PLAYLIST = 'application/x-mpegurl';
/** Not a body of JSON: the answer is sent as it is. */
const Text = Type.Unsafe<string>(Type.String({ description: 'A playlist, a segment or subtitles' }));

/** Playing, below /player. */
export const playerRoutes =
  ({ player, clock, basePath }: PlayerRoutesDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const root = `${basePath}${app.prefix}`;

    // Players run on pages of other hosts and in televisions. There is no cookie that would come along, and the token is in the path.
    app.addHook('onRequest', async (_request, reply) => void reply.header('access-control-allow-origin', '*'));

    /** What a token gives never changes: whoever has the answer already is told to keep it. Throws for a token that is none. */
    function isKept(request: FastifyRequest, token: string): boolean {
      player.grant(token);
      return request.headers['if-modified-since'] !== undefined;
    }

    /** Only on what succeeded: a fault is not to be kept for a day. */
    function lasting(reply: FastifyReply, token: string, kind: 'piece' | 'list'): FastifyReply {
      const { signedAt, expiresAt } = player.grant(token);
      const left = Math.max(0, Math.floor((expiresAt - clock.now()) / 1_000));
      reply.header('cache-control', kind === 'piece' ? `private, max-age=${left}` : 'private, no-cache');
      return reply.header('last-modified', new Date(signedAt).toUTCString());
    }

    const PLAYLIST_SCHEMA = {
      tags,
      params: Type.Object({ token: Token }),
      querystring: PlaylistQuery,
      response: { 200: Text, ...errors },
    };
    for (const [url, operationId] of [
      ['/playlist/:token', 'watchstate.getPlaylist'],
      ['/playlist/:token/*', 'watchstate.getNamedPlaylist'],
    ] as const) {
      app.get(
        url,
        {
          schema: { operationId, ...PLAYLIST_SCHEMA },
        },
        async (request, reply) => {
          const { token } = request.params;
          const { sd: length, debug } = request.query;
          const { debug: always } = player.grant(token);
          const wish = queryOf({ sd: length, debug: debug ?? (always ? true : undefined) });
          const text = await withoutMissing(() =>
            player.masterPlaylist(token, {
              length,
              mediaUrl: `${root}/m3u8/${token}/segments.m3u8${wish}`,
              subtitleUrl: (track) => `${root}/subtitle/${token}/webvtt.${track.id}.m3u8`,
            }),
          );
          return reply.type(PLAYLIST).header('cache-control', 'no-store').send(text);
        },
      );
    }

    for (const [url, operationId] of [
      ['/m3u8/:token', 'watchstate.getSegmentPlaylist'],
      ['/m3u8/:token/*', 'watchstate.getNamedSegmentPlaylist'],
    ] as const) {
      app.get(
        url,
        {
          schema: { operationId, ...PLAYLIST_SCHEMA },
        },
        async (request, reply) => {
          const { token } = request.params;
          const { sd: length, debug } = request.query;
          if (isKept(request, token)) return lasting(reply, token, 'list').code(304).send(undefined);
          const wish = queryOf({ length, debug });
          const text = await withoutFaults(() =>
            player.mediaPlaylist(token, { length, segmentUrl: (index) => `${root}/segments/${token}/${index}.ts${wish}` }),
          );
          return lasting(reply, token, 'list').type(PLAYLIST).send(text);
        },
      );
    }

    app.get(
      '/segments/:token/:segment',
      {
        schema: {
          operationId: 'watchstate.getSegment',
          tags,
          params: Type.Object({
            token: Token,
            segment: Type.String({ maxLength: 50, description: 'Its number, with or without an ending.' }),
          }),
          querystring: SegmentQuery,
          response: { 200: Text, ...errors },
        },
      },
      async (request, reply) => {
        const { token, segment } = request.params;
        const { length, debug = false } = request.query;
        if (isKept(request, token)) return lasting(reply, token, 'piece').code(304).send(undefined);
        const signal = goneSignal(request, reply);
        const { path, tookMs, explain } = await player.segment(token, numberOf(segment), { length, signal });
        reply.header('x-transcode-time', (tookMs / 1_000).toFixed(3));
        if (debug || player.grant(token).debug) {
          const { command, delivery } = await explain();
          reply.header('x-ffmpeg', plain(command)).header('x-transcode-config', plain(delivery));
        }
        return sendFile(lasting(reply, token, 'piece').type('video/mpegts'), await openMade(path));
      },
    );

    app.get(
      '/subtitle/:token/:file',
      {
        schema: {
          operationId: 'watchstate.getSubtitle',
          tags,
          params: Type.Object({
            token: Token,
            file: Type.String({ maxLength: 100, description: '`webvtt.x0.m3u8` for the playlist of a track, `x0.vtt` for the track.' }),
          }),
          querystring: Type.Object({ reload: Type.Optional(Type.Boolean()), debug: Debug }),
          response: { 200: Text, ...errors },
        },
      },
      async (request, reply) => {
        const { token, file } = request.params;
        const { reload = false } = request.query;
        const { kind, ...choice } = subtitleOf(file);
        const isList = kind === 'playlist';
        if (isKept(request, token) && !reload)
          return lasting(reply, token, isList ? 'list' : 'piece')
            .code(304)
            .send(undefined);
        if (isList) {
          const url = `${root}/subtitle/${token}/${choice.source}${choice.index}.vtt`;
          const list = await withoutFaults(() => player.subtitlePlaylist(token, choice, url));
          return lasting(reply, token, 'list').type(PLAYLIST).send(list);
        }
        const { text, cached } = await player.subtitle(token, choice, { reload, signal: goneSignal(request, reply) });
        return lasting(reply, token, 'piece')
          .header('x-cache', cached ? 'hit' : 'miss')
          .type('text/vtt; charset=utf-8')
          .send(text);
      },
    );
  };

function queryOf(members: Readonly<Record<string, number | boolean | undefined>>): string {
  const said = Object.entries(members).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${Number(value)}`]));
  return said.length === 0 ? '' : `?${said.join('&')}`;
}

function numberOf(segment: string): number {
  const [, digits] = /^(\d{1,6})(?:\.[A-Za-z0-9]{1,10})?$/.exec(segment) ?? [];
  if (digits === undefined) throw invalid('segment', 'must be the number of a segment, such as 0.ts');
  return Number(digits);
}

function subtitleOf(file: string): SubtitleChoice & Readonly<{ kind: 'playlist' | 'track' }> {
  const [, type, source, digits, ending] = /^(?:([A-Za-z0-9_-]+)\.)?([A-Za-z])(\d{1,4})\.([A-Za-z0-9]{1,10})$/.exec(file) ?? [];
  if (source === undefined) throw invalid('file', 'must be such as webvtt.x0.m3u8 or x0.vtt');
  if (source !== 'x' && source !== 'i') throw invalid('source', 'must be x for a file beside the film, or i for a stream within it');
  if ((type !== undefined) !== (ending === 'm3u8')) throw invalid('file', 'must be such as webvtt.x0.m3u8 or x0.vtt');
  return { source, index: Number(digits), kind: type === undefined ? 'track' : 'playlist' };
}

/** The page knows no 404 of a playlist: for it, a file that is gone is a token that is worth nothing any more. */
const withoutMissing = <T>(work: () => Promise<T>): Promise<T> =>
  work().catch((error: unknown) => {
    throw isAppError(error, 'not-found') ? invalid('token', `is of a file that is gone: ${error.message}`, error) : error;
  });

/** And of the playlists within the first one it knows no 500 either: a file that cannot be read is no film that could be played. */
const withoutFaults = <T>(work: () => Promise<T>): Promise<T> =>
  withoutMissing(work).catch((error: unknown) => {
    throw isAppError(error, 'upstream-unreadable') ? invalid('token', `is of a file that is no film: ${error.message}`, error) : error;
  });

/** Aborted once whoever asked has hung up: nobody would take what is made for them. */
function goneSignal(request: FastifyRequest, reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort(new AppError('cancelled', `${request.method} was hung up.`));
  });
  return gone.signal;
}

/** A header takes ASCII alone. */
const plain = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 6_000);

async function openMade(path: string): Promise<FileHandle> {
  return open(path, 'r').catch((cause: unknown) => {
    throw new AppError('not-found', 'The segment is gone already. Ask again.', { cause });
  });
}

/** It stays readable while it is sent, whatever becomes of its name. */
async function sendFile(reply: FastifyReply, file: FileHandle): Promise<FastifyReply> {
  const { size } = await file.stat();
  return reply.header('content-length', size).send(file.createReadStream());
}
