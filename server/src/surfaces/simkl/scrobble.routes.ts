import { Type } from '@fastify/type-provider-typebox';
import type { Catalogue } from '#features/catalogue/index.ts';
import type { RewatchVerdict, Scrobble, Scrobbling } from '#features/scrobbling/index.ts';
import { invalid } from '#kernel/app-error.ts';
import type { MediaId } from '#kernel/ids.ts';
import { isRecord, type JsonObject } from '#kernel/json.ts';
import { namedPlay, progressIn } from './scrobble-input.ts';
import { callerOf, requireWrite } from './simkl.auth.ts';
import { refusal } from './simkl.errors.ts';
import type { SimklScope } from './simkl-scope.ts';
import { playedOf } from './title-object.ts';
import { dateOf, isYes, secondsOf, wholeNumber } from './told-title.ts';

export type ScrobbleRoutesDeps = Readonly<{ scrobbling: Scrobbling; catalogue: Pick<Catalogue, 'playable'> }>;

const tags = ['simkl/scrobble'];
const PLACES: readonly (readonly [string, Scrobble['action']])[] = [
  ['/scrobble/start', 'start'],
  ['/scrobble/pause', 'pause'],
  ['/scrobble/stop', 'stop'],
  ['/scrobble/checkin', 'checkin'],
  ['/checkin', 'checkin'],
];
const KINDS = { episodes: 'episode', movies: 'movie' } as const;
const MAX_PLAYBACKS = 10_000;
const YES: readonly unknown[] = ['true', 'yes', '1', true];

/** What players tell while they play, and where a person can go on. */
export function scrobbleRoutes(app: SimklScope, { scrobbling, catalogue }: ScrobbleRoutesDeps): void {
  async function playedAs(media: MediaId): Promise<JsonObject> {
    const title = (await catalogue.playable([media])).get(media);
    if (!title) throw refusal('id_err', 'Nothing is known here by these ids.');
    return playedOf(title);
  }

  for (const [url, action] of PLACES) {
    app.post(url, { schema: { operationId: `simkl${url.replaceAll('/', '.')}`, summary: 'What a player does', tags } }, async (request) => {
      const { personId, app: from } = requireWrite(request);
      const progress = progressIn(request.body, action === 'checkin');
      const media = await scrobbling.resolve(namedPlay(request.body));
      if (media === undefined) throw refusal('id_err', 'Nothing is known here by these ids.');
      if (media === 'no-episode') throw invalid('episode', 'is missing');
      const allowRewatch = isRecord(request.query) && isYes(request.query.allow_rewatch);
      const done = await scrobbling.scrobble(personId, { action, media, progress, client: from.clientId, allowRewatch });
      if (done.outcome === 'done') {
        return { id: done.id, action: done.action, progress: done.progress, ...(await playedAs(media)), ...rewatchOf(done.rewatch) };
      }
      throw refusal('already_watched', 'It was watched within the hour.', {
        members: { watched_at: secondsOf(done.watchedAt), expires_at: secondsOf(done.expiresAt) },
      });
    });
  }

  for (const url of ['/sync/playback', '/sync/playback/:type']) {
    app.route({
      method: ['GET', 'POST'],
      url,
      schema: {
        operationId: url.endsWith('type') ? 'simkl.playbackOf' : 'simkl.playback',
        summary: 'What the person can go on with',
        tags,
        params: Type.Object({ type: Type.Optional(Type.String({ maxLength: 100 })) }),
      },
      handler: async (request) => {
        const { personId } = callerOf(request);
        const found = await scrobbling.playbacks(personId, { ...filterOf(request.query), ...kindOf(request.params.type) });
        const titles = await catalogue.playable(found.map((playback) => playback.mediaId));
        return found.flatMap(({ id, mediaId, progress, pausedAt }) => {
          const title = titles.get(mediaId);
          const at = secondsOf(pausedAt);
          return title
            ? [{ id, progress, paused_at: at, watched_at: at, type: title.episode ? 'episode' : 'movie', ...playedOf(title) }]
            : [];
        });
      },
    });
  }

  app.delete(
    '/sync/playback/:id',
    {
      schema: {
        operationId: 'simkl.removePlayback',
        summary: 'Forgets where the person stopped',
        tags,
        params: Type.Object({ id: Type.String({ maxLength: 100 }) }),
      },
    },
    async (request, reply) => {
      const { personId } = requireWrite(request);
      const id = wholeNumber(request.params.id);
      if (!id) throw refusal('url_failed', 'A paused playback is named by its number.');
      await scrobbling.removePlayback(personId, id);
      return reply.code(204).send();
    },
  );
}

const rewatchOf = (verdict: RewatchVerdict | undefined): JsonObject =>
  verdict === undefined
    ? {}
    : { ...(verdict.id !== undefined && { rewatch_id: verdict.id }), rewatch_status: verdict.status.replaceAll('-', '_') };

/** The address of a single playback lists them all, to whoever only reads it. */
function kindOf(type: string | undefined): Readonly<{ kind?: 'movie' | 'episode' }> {
  if (type === undefined || wholeNumber(type) !== undefined) return {};
  if (!Object.hasOwn(KINDS, type)) throw refusal('url_failed', 'There are playbacks of episodes and of movies.');
  return { kind: KINDS[type as keyof typeof KINDS] };
}

function filterOf(query: unknown) {
  const given = isRecord(query) ? query : {};
  const limit = given.limit === undefined || given.limit === '' ? MAX_PLAYBACKS : wholeNumber(given.limit);
  if (limit === undefined) throw invalid('limit', 'is no whole number.');
  const [from, until] = [dateOf('date_from', given.date_from), dateOf('date_to', given.date_to)];
  return {
    limit: Math.min(Math.max(limit, 1), MAX_PLAYBACKS),
    hideWatched: YES.includes(given.hide_watched),
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
  };
}
