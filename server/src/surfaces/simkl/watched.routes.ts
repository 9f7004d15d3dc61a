import type { TitleClaim } from '#core/media/index.ts';
import type { SeasonState, Tracker, WatchedAnswer, WatchedQuestion } from '#features/tracker/index.ts';
import { invalid } from '#kernel/app-error.ts';
import { isRecord, type JsonObject } from '#kernel/json.ts';
import { writeHistory } from './history.routes.ts';
import { wordOfList } from './list-words.ts';
import { callerOf, type SimklApp } from './simkl.auth.ts';
import { refusal } from './simkl.errors.ts';
import type { SimklScope } from './simkl-scope.ts';
import { namesTitles, numberingIn } from './sync-body.ts';
import { namedEpisode, secondsOf, toldText } from './told-title.ts';

export type WatchedRoutesDeps = Readonly<{ tracker: Pick<Tracker, 'lookUp' | 'addToHistory'> }>;

/** More is too much to show in full. */
const MOST_EXTENDED = 100;

const KINDS: Readonly<Record<string, TitleClaim['kind']>> = { movie: 'movie', movies: 'movie', show: 'show', tv: 'show', anime: 'show' };

/** The ids of a question stand beside everything else that it says. */
function questionOf(value: JsonObject): WatchedQuestion {
  const { title, year, type, season, episode, use_tvdb_anime_seasons: hasTvdbSeasons, ...ids } = value;
  const asked = episode === undefined || episode === null ? undefined : namedEpisode({ season, episode });
  const word = toldText(type)?.toLowerCase() ?? '';
  const kind = asked ? 'show' : (KINDS[word] ?? 'any');
  const text = toldText(title);
  const of = Number(year);
  return {
    claim: { kind, ids, ...(text !== undefined && { title: text }), ...(Number.isInteger(of) && of > 0 && { year: of }) },
    ...(asked && { episode: asked }),
    ...numberingIn(ids, { isFlatAnime: word === 'anime' && season === undefined, hasTvdbSeasons }),
  };
}

const countsOf = (seasons: readonly Pick<SeasonState, 'total' | 'aired' | 'watched'>[]): JsonObject => {
  const sum = (of: 'total' | 'aired' | 'watched'): number => seasons.reduce((total, one) => total + one[of], 0);
  const [total, aired] = [sum('total'), sum('aired')];
  return { episodes_total: total, episodes_aired: aired, episodes_to_be_aired: total - aired, episodes_watched: sum('watched') };
};

type Extended = Readonly<{ counters: boolean; episodes: boolean; specials: boolean }>;

function answerOf(asked: JsonObject, answer: WatchedAnswer, extended: Extended, app: Pick<SimklApp, 'dialect'>): JsonObject {
  if (!answer.known) return { ...asked, result: 'not_found' };
  const at = answer.lastWatchedAt === undefined ? undefined : secondsOf(answer.lastWatchedAt);
  const regular = answer.seasons.filter((season) => season.number > 0);
  const shown = extended.specials ? answer.seasons : regular;
  const isExtended = (extended.counters || extended.episodes || extended.specials) && answer.title.kind === 'show';
  return {
    ...asked,
    result: answer.watched,
    ...(answer.list && { list: wordOfList(answer.list, app) }),
    // Older apps read the second one.
    ...(at !== undefined && { last_watched_at: at, last_watched: at }),
    ...(isExtended && { simkl: answer.number, ...countsOf(regular) }),
    ...(isExtended && (extended.episodes || extended.specials) && { seasons: shown.map(seasonOf) }),
  };
}

const seasonOf = (season: SeasonState): JsonObject => ({
  number: season.number,
  ...countsOf([season]),
  episodes: season.episodes.map(({ number, watched, aired, at }) => ({
    number,
    watched,
    aired,
    last_watched_at: at === undefined ? null : secondsOf(at),
  })),
});

/** A list is a question: what of it was watched. An object is the older way of marking titles as watched. */
export function watchedRoutes(app: SimklScope, { tracker }: WatchedRoutesDeps): void {
  app.post(
    '/sync/watched',
    { schema: { operationId: 'simkl.watched', summary: 'Which of these titles were watched', tags: ['simkl/sync'] } },
    async (request, reply) => {
      if (namesTitles(request.body)) return writeHistory(tracker, request);
      // A client from npm wraps the list, as nobody's page says.
      const body = isRecord(request.body) && Array.isArray(request.body.payload) ? request.body.payload : request.body;
      if (!Array.isArray(body)) throw invalid('body', 'is no list of titles.');
      const asked = body.map((one: unknown, index): JsonObject => {
        if (!isRecord(one)) throw invalid(`body[${index}]`, 'is no title.');
        return one as JsonObject;
      });
      const words = new Set(
        (toldText(isRecord(request.query) ? request.query.extended : undefined) ?? '').split(',').map((word) => word.trim()),
      );
      const extended = { counters: words.has('counters'), episodes: words.has('episodes'), specials: words.has('specials') };
      const isExtended = Object.values(extended).some(Boolean);
      if (isExtended && asked.length > MOST_EXTENDED) {
        throw refusal('max_items', `At most ${MOST_EXTENDED} titles can be shown with their episodes at once.`);
      }
      const caller = callerOf(request);
      const answers = await tracker.lookUp(caller.personId, asked.map(questionOf), { seasons: isExtended });
      reply.code(200);
      return answers.map((answer, index) => answerOf(asked[index] ?? {}, answer, extended, caller.app));
    },
  );
}
