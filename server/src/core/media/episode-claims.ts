import type { MediaId } from '#kernel/ids.ts';
import { claimedIds, writable } from './claim-ids.ts';
import { createDescribeStore } from './describe.store.ts';
import { matchTitle } from './match-title.ts';
import { createMediaStore } from './media.store.ts';
import type { MediaGraph } from './media-graph.ts';
import type { OwnIds } from './own-ids.ts';
import { candidateOf, type MediumCandidate } from './placing.ts';
import type { TitleNumbers } from './title-numbers.ts';
import type { Database, Handle } from './titles.schema.store.ts';
import { createWorkingGraph, type Medium, showsContradict, type WorkingGraph } from './working-graph.ts';

/** An episode as an app names it: by its number, by ids of its own, or by both. Season 0 has the specials. */
export type EpisodeClaim = Readonly<{
  season?: number;
  number?: number;
  ids?: unknown;
  title?: string;
  /** What its series is called, where nobody knows the series: with ids of its own, the episode is made beside this name. */
  seriesName?: string;
}>;

type Told = EpisodeClaim & Readonly<{ show: MediaId | undefined }>;
type Deps = Readonly<{ database: Database; numbers: TitleNumbers; graphOn(handle: Handle): MediaGraph; spell?: OwnIds['spell'] }>;

/** What a number can be: beyond it an app means something else, a date or a product code. */
const MAX_NUMBER = 99_999;
const isNumber = (value: number | undefined): value is number =>
  value !== undefined && Number.isInteger(value) && value >= 0 && value <= MAX_NUMBER;

/** See `TitleClaims.resolveManyEpisodes`. */
export function createEpisodeClaims({ database, numbers, graphOn, spell }: Deps) {
  const store = createMediaStore(database);
  const { lasting } = createDescribeStore(database);

  return async (told: readonly Told[], { create }: Readonly<{ create: boolean }>): Promise<readonly (MediaId | undefined)[]> => {
    const claims = told.map((one) => ({ ...one, claimed: claimedIds(one.ids, spell) }));
    const known = await numbers.mediaOf(
      claims.flatMap(({ claimed }) => claimed.number ?? []),
      ['episode'],
    );
    const shows = await lasting([...new Set(claims.flatMap(({ show }) => show ?? []))]);
    const graph = createWorkingGraph(await store.apart());
    const media = await store.mediaOfIds(
      claims.flatMap(({ claimed }) => Object.entries(claimed.ids).map(([provider, value]) => ({ of: 'episode', provider, value }))),
    );
    const numbered = await store.mediaOfNumbers(
      claims.flatMap(({ show, season = 1, number }) => {
        const of = shows.get(show ?? 0);
        return of !== undefined && isNumber(season) && isNumber(number) ? [[of, season, number] as const] : [];
      }),
    );
    await store.loadInto(graph, new Set([...shows.values(), ...known.values(), ...media, ...numbered]));

    const answers = claims.map(({ claimed, show, season = 1, number, title = '', seriesName }) => {
      const of = graph.byId(shows.get(show ?? 0) ?? 0);
      if (show !== undefined && of?.kind !== 'show') return undefined;
      const meant = known.get(claimed.number ?? -1);
      const medium = meant === undefined ? undefined : graph.byId(meant);
      if (medium && (!of || !medium.show || medium.show === of)) return { mediaId: medium.id as MediaId };
      return weigh(graph, of, { ids: claimed.ids, season, number, title, isNamed: seriesName !== undefined });
    });
    if (create) await make(graph, shows, claims, answers);
    return answers.map((answer) => answer?.mediaId);
  };

  type Answer = { mediaId?: MediaId; isNew?: boolean };

  function weigh(
    graph: WorkingGraph,
    show: Medium | undefined,
    {
      ids,
      season,
      number,
      title,
      isNamed,
    }: Readonly<{ ids: Readonly<Record<string, string>>; season: number; number: number | undefined; title: string; isNamed: boolean }>,
  ): Answer {
    const isNumbered = show !== undefined && isNumber(season) && isNumber(number);
    const claimants = isNumbered ? graph.byNumber(show, season, number) : [];
    const holders = Object.entries(ids).flatMap(([provider, value]) => graph.byExternalId('episode', provider, value) ?? []);
    const candidates = [...new Set([...claimants, ...holders])]
      .filter((medium) => medium.kind === 'episode')
      .map((medium) =>
        candidateOf(medium, {
          sameNumber: claimants.includes(medium),
          otherShow: show !== undefined && medium.show !== undefined && medium.show !== show && showsContradict(show.ids, medium.show.ids),
        }),
      );
    const verdict = matchTitle<MediumCandidate>({ ids, title, numbered: isNumbered }, candidates, (one, other) =>
      graph.heldApart(one.medium, other.medium),
    );
    if (verdict.outcome === 'match') return { mediaId: verdict.candidate.medium.id as MediaId };
    if (verdict.outcome === 'same') return { mediaId: Math.min(...verdict.candidates.map((one) => one.medium.id)) as MediaId };
    // A number that means another episode is not given to a second one on an app's word.
    const canBeMade = show === undefined ? isNamed && isNumber(season) && isNumber(number) : isNumbered && claimants.length === 0;
    return { isNew: verdict.outcome === 'new' && canBeMade };
  }

  async function make(
    graph: WorkingGraph,
    shows: ReadonlyMap<number, number>,
    claims: readonly (Told & Readonly<{ claimed: ReturnType<typeof claimedIds> }>)[],
    answers: readonly (Answer | undefined)[],
  ): Promise<void> {
    const wanted = claims.flatMap(({ show: asked, season = 1, number = 0, title, seriesName = '', claimed }, index) => {
      const answer = answers[index];
      const show = graph.byId(shows.get(asked ?? 0) ?? 0);
      if (!answer?.isNew || show?.ids.size === 0) return [];
      const ids = Object.fromEntries([...(show?.ids ?? [])].flatMap(([provider, [id]]) => (id === undefined ? [] : [[provider, id]])));
      const year = show?.year === undefined ? {} : { year: show.year };
      const series = { title: show?.title ?? writable(seriesName), ...year, ids };
      const named = { title: writable(title ?? '') || `Episode ${number}`, ids: claimed.ids, show: series };
      return [{ answer, named: { kind: 'episode', ...named, season, episode: number } as const }];
    });
    if (wanted.length === 0) return;
    const made = await database.transaction((handle) => graphOn(handle).know(wanted.map(({ named }) => named)));
    for (const [index, { answer }] of wanted.entries()) {
      const mediaId = made[index]?.mediaId;
      if (mediaId !== undefined) answer.mediaId = mediaId;
    }
  }
}
