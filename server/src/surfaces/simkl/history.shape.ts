import type { HistoryOutcome, HistoryResult, ListOutcome, RemovalOutcome, RemovalResult } from '#features/tracker/index.ts';
import type { Json, JsonObject } from '#kernel/json.ts';
import { animeTypeOf, SIMKL_TYPE, wordOfList, wrapperOf } from './list-words.ts';
import type { SimklApp } from './simkl.auth.ts';
import type { Item, SyncBody } from './sync-body.ts';
import { wholeNumber } from './told-title.ts';

type Found = Extract<HistoryOutcome, { found: true }>;

type Member = 'movies' | 'shows' | 'episodes';

/** Items as they were written, under the member where apps look for them: with the shows where there is none of their own. */
export function echo(items: readonly Item[], members: readonly Member[]): JsonObject {
  const placeOf = ({ wrapper }: Item): Member => members.find((member) => member === wrapper) ?? 'shows';
  return Object.fromEntries(members.map((member) => [member, items.filter((item) => placeOf(item) === member).map((item) => item.value)]));
}

const without = (value: JsonObject, ...names: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));

/** What of a title nobody knows, under the title: its other episodes were found. */
function missingOf(item: Item, missing: Found['missing']): readonly JsonObject[] {
  if (missing.length === 0) return [];
  const seasons = [...Map.groupBy(missing, (one) => one.season ?? 1)].map(([number, episodes]) => ({
    number,
    // Without a number and an id the whole season is meant.
    episodes: episodes
      .filter((one) => one.number !== undefined || one.ids !== undefined)
      .map(
        (one): JsonObject => ({
          ...(one.number !== undefined && { number: one.number }),
          ...(one.ids !== undefined && { ids: one.ids as Json }),
        }),
      ),
  }));
  return [{ ...without(item.value, 'seasons', 'episodes'), seasons }];
}

const ratingOf = (value: JsonObject): number | null => wholeNumber(value.rating) ?? null;

function statusOf(item: Item, outcome: Found, app: Pick<SimklApp, 'dialect'>): readonly JsonObject[] {
  if (outcome.list === undefined) return [];
  const { title } = outcome;
  return [
    {
      request: { ...without(item.value, 'seasons', 'episodes'), type: title.kind, rating: ratingOf(item.value) },
      response: {
        status: wordOfList(outcome.list, app),
        simkl_type: SIMKL_TYPE[title.type],
        anime_type: animeTypeOf(title),
        ...(outcome.rewatch && { rewatch_id: outcome.rewatch.id, rewatch_status: outcome.rewatch.status }),
      },
    },
  ];
}

export function historyAnswer(body: SyncBody, { titles, episodes }: HistoryResult, app: Pick<SimklApp, 'dialect'>): JsonObject {
  const pairs = body.titles.map((item, index) => [item, titles[index] ?? { found: false }] as const);
  const found = pairs.flatMap(([item, outcome]) => (outcome.found ? [[item, outcome] as const] : []));
  const news = (kind: 'movie' | 'show'): number => found.filter(([, one]) => one.title.kind === kind && one.isNews).length;
  const lost = [
    ...pairs.flatMap(([item, outcome]) => (outcome.found ? [] : [item])),
    ...body.episodes.filter((_, index) => episodes[index]?.found !== true),
  ];
  const notFound = echo(lost, ['movies', 'shows', 'episodes']);
  const inPart = found.flatMap(([item, outcome]) => missingOf(item, outcome.missing));
  return {
    added: {
      movies: news('movie'),
      shows: news('show'),
      episodes: found.reduce((sum, [, one]) => sum + one.newEpisodes, 0) + episodes.filter((one) => one.isNews).length,
      statuses: found.flatMap(([item, outcome]) => statusOf(item, outcome, app)),
    },
    not_found: { ...notFound, episodes: [...(notFound.episodes as readonly Json[]), ...inPart] },
  };
}

export function removalAnswer(body: SyncBody, { titles, episodes }: RemovalResult): JsonObject {
  const pairs = body.titles.map((item, index) => [item, titles[index] ?? ({ found: false } satisfies RemovalOutcome)] as const);
  const found = pairs.flatMap(([, outcome]) => (outcome.found ? [outcome] : []));
  const whole = (kind: 'movie' | 'show'): number => found.filter((one) => one.whole && one.removed && one.title.kind === kind).length;
  const lost = pairs.flatMap(([item, outcome]) => (outcome.found ? [] : [item]));
  const inPart = pairs.flatMap(([item, outcome]) => (outcome.found ? missingOf(item, outcome.missing) : []));
  const loose = body.episodes.filter((_, index) => episodes[index]?.found !== true).map((item) => item.value);
  const notFound = echo(lost, ['movies', 'shows']);
  return {
    deleted: {
      movies: whole('movie'),
      shows: whole('show'),
      episodes: found.reduce((sum, one) => sum + one.episodes, 0) + episodes.filter((one) => one.removed).length,
    },
    // There is no place for episodes here: they are told under their shows.
    not_found: { ...notFound, shows: [...(notFound.shows as readonly Json[]), ...inPart, ...loose] },
  };
}

/** Echoes each title with the list that it is on now. Anime lies with the shows. An episode by itself is on no list. */
export function listAnswer(body: SyncBody, outcomes: readonly ListOutcome[], app: Pick<SimklApp, 'dialect'>): JsonObject {
  const added: Record<'movies' | 'shows', JsonObject[]> = { movies: [], shows: [] };
  for (const [index, item] of body.titles.entries()) {
    const outcome = outcomes[index];
    if (!outcome) continue;
    const { title, to } = outcome;
    added[wrapperOf(title)].push({
      ...item.value,
      to: to === 'remove' ? to : wordOfList(to, app),
      type: title.kind,
      anime_type: animeTypeOf(title),
    });
  }
  return {
    added,
    not_found: echo([...body.titles.filter((_, index) => outcomes[index] === undefined), ...body.episodes], ['movies', 'shows']),
  };
}
