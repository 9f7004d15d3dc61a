import type { FastifyRequest } from 'fastify';
import type { ActorRef } from '#core/activity/index.ts';
import type { ListWord, RemovalAsker, Tracker } from '#features/tracker/index.ts';
import { isRecord, type JsonObject } from '#kernel/json.ts';
import { historyAnswer, listAnswer, removalAnswer } from './history.shape.ts';
import { toldList } from './list-words.ts';
import { requireWrite, type SimklCaller } from './simkl.auth.ts';
import { refusal } from './simkl.errors.ts';
import type { SimklScope } from './simkl-scope.ts';
import { claimOf, historyWordOf, type Item, looseEpisodeOf, numberingOf, readBody, removalWordOf, type SyncBody } from './sync-body.ts';
import { dateOf, isYes } from './told-title.ts';

export type HistoryRoutesDeps = Readonly<{ tracker: Pick<Tracker, 'addToHistory' | 'removeFromHistory' | 'putOnLists'> }>;

const tags = ['simkl/sync'];

export const askerOf = ({ app, actor }: SimklCaller): RemovalAsker => ({
  client: app.name,
  actor: { kind: actor.kind, id: actor.id, name: actor.name } satisfies ActorRef,
});

/** Marks what a body names as watched: as an app does it today, and as older ones did under another path. */
export async function writeHistory(tracker: Pick<Tracker, 'addToHistory'>, request: FastifyRequest): Promise<JsonObject> {
  const caller = requireWrite(request);
  const body = readBody(request.body);
  const query = isRecord(request.query) ? request.query : {};
  const result = await tracker.addToHistory(caller.personId, {
    titles: body.titles.map(historyWordOf),
    episodes: body.episodes.map(looseEpisodeOf),
    skipAutoWatching: isYes(query.skip_auto_watching),
    allowRewatch: isYes(query.allow_rewatch),
  });
  return historyAnswer(body, result, caller.app);
}

/** `to` may stand once for all items. A day of watching only goes with the list of what was watched. */
function listWordOf(item: Item, { whole }: SyncBody): ListWord {
  const { field, value } = item;
  const told = value.to ?? whole.to;
  const to = told === 'remove' ? told : toldList(`${field}.to`, told);
  if (to === undefined) throw refusal('empty_field', `${field}: Missed "to" parameter`);
  const addedAt = dateOf(`${field}.added_at`, value.added_at);
  const day = to === 'completed' ? dateOf(`${field}.watched_at`, value.watched_at) : undefined;
  return { claim: claimOf(item), ...numberingOf(item), to, ...(addedAt !== undefined && { addedAt }), ...(day !== undefined && { day }) };
}

/** What was watched, and on which list a title belongs. Some apps send these with GET and a body. */
export function historyRoutes(app: SimklScope, { tracker }: HistoryRoutesDeps): void {
  app.route({
    method: ['GET', 'POST'],
    url: '/sync/history',
    schema: { operationId: 'simkl.addToHistory', summary: 'Marks titles and episodes as watched', tags },
    handler: (request) => writeHistory(tracker, request),
  });

  app.route({
    method: ['GET', 'POST'],
    url: '/sync/history/remove',
    schema: { operationId: 'simkl.removeFromHistory', summary: 'Takes titles out of the library, or marks off episodes', tags },
    handler: async (request) => {
      const caller = requireWrite(request);
      const body = readBody(request.body);
      const wish = { titles: body.titles.map(removalWordOf), episodes: body.episodes.map(looseEpisodeOf) };
      return removalAnswer(body, await tracker.removeFromHistory(caller.personId, wish, askerOf(caller)));
    },
  });

  app.post('/sync/add-to-list', { schema: { operationId: 'simkl.addToList', summary: 'Puts titles on lists', tags } }, async (request) => {
    const caller = requireWrite(request);
    const body = readBody(request.body);
    const words = body.titles.map((item) => listWordOf(item, body));
    return listAnswer(body, await tracker.putOnLists(caller.personId, words, askerOf(caller)), caller.app);
  });
}
