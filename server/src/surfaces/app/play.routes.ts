import { open } from 'node:fs/promises';
import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { may } from '#core/access/index.ts';
import type { Connections } from '#core/connections/index.ts';
import type { Person } from '#core/people/index.ts';
import type { History, HistoryEntry } from '#core/viewing/index.ts';
import type { OfferedFile, Player, SubtitleChoice } from '#features/player/index.ts';
import type { Scrobbling } from '#features/scrobbling/index.ts';
import { AppError, invalid, isAppError } from '#kernel/app-error.ts';
import { mediaId, type PersonId } from '#kernel/ids.ts';
import { toIso } from '#kernel/instant.ts';
import { callerOf, type PersonChoice } from './app.auth.ts';
import { NumberParams, PersonQuery, Problem } from './contract.ts';
import { BegunShown, Playable, PlayFileParams, PlayParams, PlaySession, PlayWish, ProgressDone, ProgressWish } from './contract-play.ts';
import { mediumShape } from './media.shape.ts';
import type { MergeDesk } from './merges.routes.ts';

export type PlayRoutesDeps = Readonly<{
  player: Pick<Player, 'offer' | 'sign' | 'grant' | 'masterPlaylist' | 'mediaPlaylist' | 'segment' | 'subtitlePlaylist' | 'subtitle'>;
  history: Pick<History, 'get'>;
  scrobbling: Pick<Scrobbling, 'scrobble' | 'playbacks'>;
  merges: Pick<MergeDesk, 'titles'>;
  connections: Pick<Connections, 'list'>;
  basePath: string;
}>;

const tags = ['player'];
const problems = { '4xx': Problem, '5xx': Problem };
const PLAYLIST = 'application/vnd.apple.mpegurl';
/** The name under which what is played here stands in the history. */
const CLIENT = 'usherr-web';
/** Nobody looks further back for what to go on with. */
const MOST_BEGUN = 50;
const ACTIONS = { playing: 'start', paused: 'pause', ended: 'stop' } as const;
/** Not a body of JSON: the answer is sent as it is. */
const Raw = Type.Unsafe<string>(Type.String({ description: 'A playlist, a segment or subtitles' }));

/** Playing a title in the browser. Whoever plays is signed in, and the token in the path says what. */
export const playRoutes =
  ({
    player,
    history,
    scrobbling,
    merges,
    connections,
    basePath,
    choice,
  }: PlayRoutesDeps & Readonly<{ choice: PersonChoice }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    const reachOf = (request: FastifyRequest) => ({ anywhere: may(callerOf(request), 'admin') });

    /** Undefined where none of the person's places has shown it. */
    const entryOf = (person: PersonId, id: number): Promise<HistoryEntry | undefined> =>
      history.get(person, mediaId(id)).catch((error: unknown) => {
        if (isAppError(error, 'not-found')) return undefined;
        throw error;
      });

    const unshown = ({ displayName }: Person, id: number): AppError =>
      new AppError('not-found', `None of the places of ${displayName} has shown a title ${id}.`);

    const reportedOf = (entry: HistoryEntry | undefined) =>
      (entry?.reports ?? []).flatMap(({ account, copy }) => copy.files.map(({ path }) => ({ account, path })));

    app.get(
      '/titles/:id/files',
      {
        schema: {
          operationId: 'app.listPlayable',
          summary: 'What of a movie or an episode can be played from here, where the person stopped, and where it will be recorded',
          tags,
          params: NumberParams,
          querystring: Type.Object(PersonQuery),
          response: { 200: Playable, ...problems },
        },
      },
      async (request) => {
        const { id } = request.params;
        const person = await choice.one(callerOf(request), request.query.person);
        const entry = await entryOf(person.id, id);
        const offered = await player.offer(reportedOf(entry), reachOf(request));
        const there = new Set((entry?.reports ?? []).filter(({ copy }) => copy.goneAt === undefined).map(({ account }) => account.id));
        const accounts = (await connections.list(person.id)).filter((account) => there.has(account.id));
        // Of a title that none of their places has shown, a person is not told what it is called.
        const named = entry?.media ?? (may(callerOf(request), 'admin') ? (await merges.titles([mediaId(id)])).get(id) : undefined);
        if (named === undefined) throw unshown(person, id);
        return {
          title: id,
          named: mediumShape(named),
          position_ms: entry?.viewing.watched === false ? entry.viewing.positionMs : 0,
          watched: entry?.viewing.watched ?? false,
          files: offered.map(fileShape),
          recorded_for: person.name,
          recorded_on: accounts.map((account) => ({
            account: account.name,
            name: account.server.name,
            type: account.server.type,
            told: account.exportEnabled && account.consent === 'given',
          })),
        };
      },
    );

    app.get(
      '/play/begun',
      {
        schema: {
          operationId: 'app.listBegun',
          summary: 'What a person can go on with, the last one first',
          tags,
          querystring: Type.Object(PersonQuery),
          response: { 200: BegunShown, ...problems },
        },
      },
      async (request) => {
        const person = await choice.one(callerOf(request), request.query.person);
        const begun = await scrobbling.playbacks(person.id, { hideWatched: true, limit: MOST_BEGUN });
        const titles = await merges.titles(begun.map((one) => one.mediaId));
        return begun.flatMap(({ mediaId: id, progress, pausedAt }) => {
          const title = titles.get(id);
          return title ? [{ title: mediumShape(title), progress, stopped_at: toIso(pausedAt) }] : [];
        });
      },
    );

    app.post(
      '/play',
      {
        schema: {
          operationId: 'app.startPlaying',
          summary: 'Start playing a file of a title: a playlist for this browser, for a day',
          tags,
          body: PlayWish,
          response: { 200: PlaySession, ...problems },
        },
      },
      async (request, reply) => {
        const { title, file, audio, person: name } = request.body;
        const actor = callerOf(request);
        const person = await choice.one(actor, name);
        const reported = reportedOf(await entryOf(person.id, title));
        const reach = reachOf(request);
        const offered = await player.offer(reported, reach);
        const chosen = offered.find((one) => (file === undefined ? one.fault === undefined : one.key === file));
        if (chosen === undefined) {
          if (file !== undefined) throw invalid('file', 'is none of this title');
          throw new AppError('not-found', offered[0]?.fault ?? 'No server of this person has named a file of it.');
        }
        const config = audio === undefined ? {} : { audio };
        const people = [person.id, actor.personId ?? person.id];
        const { token, expiresAt } = await player.sign({ reported, path: chosen.path, time: undefined, config, reach, people });
        reply.header('cache-control', 'no-store');
        return { token, playlist: `${basePath}${app.prefix}/play/${token}/master.m3u8`, expires_at: toIso(expiresAt) };
      },
    );

    app.get(
      '/play/:token/:file',
      {
        schema: {
          operationId: 'app.getPlayed',
          summary: 'Its playlists, segments and subtitles',
          tags,
          params: PlayFileParams,
          response: { 200: Raw, ...problems },
        },
      },
      async (request, reply) => {
        const { token, file } = request.params;
        player.grant(token);
        const [, name = '', ending = ''] = /^([a-z0-9]{1,20})\.(m3u8|ts|vtt)$/.exec(file) ?? [];
        if (ending === 'ts') return segment(request, reply, token, name);
        reply.header('cache-control', 'no-store');
        if (name === 'master' && ending === 'm3u8') {
          const text = await player.masterPlaylist(token, {
            length: undefined,
            mediaUrl: 'film.m3u8',
            subtitleUrl: (track) => `${track.id}.m3u8`,
          });
          return reply.type(PLAYLIST).send(text);
        }
        if (name === 'film' && ending === 'm3u8') {
          return reply.type(PLAYLIST).send(await player.mediaPlaylist(token, { length: undefined, segmentUrl: (index) => `${index}.ts` }));
        }
        const choiceOfText = subtitleOf(name);
        if (ending === 'm3u8') return reply.type(PLAYLIST).send(await player.subtitlePlaylist(token, choiceOfText, `${name}.vtt`));
        const { text } = await player.subtitle(token, choiceOfText, { reload: false, signal: goneSignal(request, reply) });
        return reply.type('text/vtt; charset=utf-8').send(text);
      },
    );

    async function segment(request: FastifyRequest, reply: FastifyReply, token: string, name: string): Promise<FastifyReply> {
      if (!/^\d{1,6}$/.test(name)) throw invalid('file', 'must be the number of a segment, such as 0.ts');
      const { path } = await player.segment(token, Number(name), { length: undefined, signal: goneSignal(request, reply) });
      const made = await open(path, 'r').catch((cause: unknown) => {
        throw new AppError('not-found', 'The segment is gone already. Ask again.', { cause });
      });
      const { size } = await made.stat();
      reply.header('cache-control', 'private, max-age=3600').header('content-length', size).type('video/mp2t');
      return reply.send(made.createReadStream());
    }

    app.post(
      '/play/:token/progress',
      {
        schema: {
          operationId: 'app.tellProgress',
          summary: 'How far the person has come: it is kept as their own viewing, and their places are told when they pause or end',
          tags,
          params: PlayParams,
          body: ProgressWish,
          response: { 200: ProgressDone, ...problems },
        },
      },
      async (request) => {
        const { title, state, position_ms, duration_ms, person: name } = request.body;
        player.grant(request.params.token);
        const person = await choice.one(callerOf(request), name);
        if (!may(callerOf(request), 'admin') && (await entryOf(person.id, title)) === undefined) throw unshown(person, title);
        const progress = Math.min(100, (100 * position_ms) / duration_ms);
        const told = await scrobbling.scrobble(person.id, { action: ACTIONS[state], media: mediaId(title), progress, client: CLIENT });
        const watched = told.outcome === 'already-watched' || told.action === 'scrobble';
        return { progress: Math.round(progress), watched };
      },
    );
  };

const fileShape = (file: OfferedFile) => ({
  key: file.key,
  name: file.name,
  accounts: [...file.sources],
  playable: file.fault === undefined,
  reason: file.fault ?? null,
  duration_ms: file.durationMs ?? null,
  width: file.width ?? null,
  height: file.height ?? null,
  video: file.video ?? null,
  audio: file.audio.map(({ index, codec, language, title }) => ({ index, codec, language: language ?? null, title: title ?? null })),
  subtitles: file.subtitles.map(({ id, name, language }) => ({ id, name, language: language ?? null })),
});

function subtitleOf(name: string): SubtitleChoice {
  const [, source, digits] = /^([xi])(\d{1,4})$/.exec(name) ?? [];
  if (source !== 'x' && source !== 'i') throw invalid('file', 'must be master.m3u8, film.m3u8, 0.ts, x0.m3u8 or x0.vtt');
  return { source, index: Number(digits) };
}

/** Aborted once whoever asked has hung up: nobody would take what is made for them. */
function goneSignal(request: FastifyRequest, reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort(new AppError('cancelled', `${request.method} was hung up.`));
  });
  return gone.signal;
}
