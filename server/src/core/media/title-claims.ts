import type { MediaId } from '#kernel/ids.ts';
import type { AnimeCoordinates } from './anime-coordinates.ts';
import { type ClaimedIds, claimedIds, siteIdsOf, writable } from './claim-ids.ts';
import { createEpisodeClaims, type EpisodeClaim } from './episode-claims.ts';
import type { ExternalIds } from './external-ids.ts';
import { idsContradict, matchTitle } from './match-title.ts';
import { createMediaStore } from './media.store.ts';
import type { MediaGraph } from './media-graph.ts';
import type { KnownTitle } from './name-titles.ts';
import type { OwnIds } from './own-ids.ts';
import { candidateOf, type MediumCandidate } from './placing.ts';
import { createPlainTitles, type PlainTitle } from './plain-titles.store.ts';
import { plainTitle } from './signature.ts';
import type { TitleNumbers } from './title-numbers.ts';
import type { Database, Handle } from './titles.schema.store.ts';
import { createWorkingGraph, type Medium, type WorkingGraph } from './working-graph.ts';

/** A movie or series as an app names it. */
export type TitleClaim = Readonly<{
  kind: 'movie' | 'show' | 'any';
  /** As the app wrote them: see `claimedIds`. */
  ids?: unknown;
  title?: string;
  year?: number;
  /** What it becomes where it is new and `kind` is `any`; without it, such a title is never made. */
  madeAs?: 'movie' | 'show';
}>;

/** A source that knows all titles there are: whether it knows this one. */
export type VerifyTitle = (
  title: Readonly<{ kind: 'movie' | 'show'; ids: ExternalIds; title?: string; year?: number }>,
) => Promise<'known' | 'unknown' | 'unavailable'>;

export type ClaimOptions = Readonly<{
  /** Makes a title that nobody knew of, where its ids and its name are told. */
  create: boolean;
}>;

export type TitleClaimsDeps = Readonly<{
  database: Database;
  numbers: TitleNumbers;
  /** The graph inside a transaction, with all that follows when titles become one. */
  graphOn(handle: Handle): MediaGraph;
  /** Which series of TVDB titles of anime sites are parts of, as far as somebody imported a mapping. */
  coordinates?: Pick<AnimeCoordinates, 'titlesOf'>;
  /** Ids of providers that the household has added count too. */
  spell?: OwnIds['spell'];
  /** Absent without a source. */
  verify?: VerifyTitle;
  /** What the source calls a title of which an app names the ids alone. */
  nameOf?(title: Readonly<{ kind: 'movie' | 'show'; ids: ExternalIds }>): Promise<Readonly<{ title: string; year?: number }> | undefined>;
}>;

export type TitleClaims = Readonly<{
  /**
   * The titles that are meant, in order; undefined where none or more than one is. Not for use inside a transaction. A number that an app
   * had from here decides; then ids are weighed as an import weighs them; then, of a part of a series that sites of anime have as a title of
   * its own, the series; then name and year, where nothing speaks against it and one title
   * alone has them; then the name, where nothing else is told. What an app names teaches a known title nothing, and joins no two.
   */
  resolve(claims: readonly TitleClaim[], options: ClaimOptions): Promise<readonly (MediaId | undefined)[]>;
  /** The same for episodes: of this series, or, where it is not known, those that ids of their own name. */
  resolveEpisodes(
    show: MediaId | undefined,
    episodes: readonly EpisodeClaim[],
    options: ClaimOptions,
  ): Promise<readonly (MediaId | undefined)[]>;
  /** As many as are told, each with its series: for whole bodies. */
  resolveManyEpisodes(
    episodes: readonly (EpisodeClaim & Readonly<{ show: MediaId | undefined }>)[],
    options: ClaimOptions,
  ): Promise<readonly (MediaId | undefined)[]>;
}>;

type Kind = 'movie' | 'show';
type Claim = Readonly<{ kinds: readonly Kind[]; told: TitleClaim; ids: ClaimedIds }>;

type Wanted = Readonly<{ claim: Claim; kind: Kind; named: Readonly<{ title: string; year?: number; ids: ExternalIds }> }>;

const VERIFIED_AT_ONCE = 4;

/** What apps mean by the titles that they name. */
export function createTitleClaims(deps: TitleClaimsDeps): TitleClaims {
  const { database, numbers, graphOn } = deps;
  const store = createMediaStore(database);
  const plainTitles = createPlainTitles(database);
  const resolveManyEpisodes = createEpisodeClaims(deps);

  async function resolve(told: readonly TitleClaim[], { create }: ClaimOptions): Promise<readonly (MediaId | undefined)[]> {
    const claims = told.map(
      (one): Claim => ({ kinds: one.kind === 'any' ? ['movie', 'show'] : [one.kind], told: one, ids: claimedIds(one.ids, deps.spell) }),
    );
    const found = new Map<Claim, MediaId>();
    const open = (): readonly Claim[] => claims.filter((claim) => !found.has(claim));
    await byNumber(claims, found);
    const doubtful = await byIds(open(), found);
    await byMapping(open(), found);
    await byName(
      open().filter((claim) => !doubtful.has(claim)),
      found,
    );
    if (create) {
      await make(
        open().filter((claim) => !doubtful.has(claim)),
        found,
      );
    }
    return claims.map((claim) => found.get(claim));
  }

  async function byNumber(claims: readonly Claim[], found: Map<Claim, MediaId>): Promise<void> {
    for (const kind of ['movie', 'show'] as const) {
      const asked = claims.filter((claim) => claim.ids.number !== undefined && claim.kinds.includes(kind) && !found.has(claim));
      const known = await numbers.mediaOf(
        asked.flatMap((claim) => claim.ids.number ?? []),
        [kind],
      );
      for (const claim of asked) {
        const media = known.get(claim.ids.number ?? 0);
        if (media !== undefined) found.set(claim, media);
      }
    }
  }

  /** Answers those whose ids name titles between which nobody can tell. */
  async function byIds(claims: readonly Claim[], found: Map<Claim, MediaId>): Promise<ReadonlySet<Claim>> {
    const keys = claims.flatMap(({ kinds, ids }) =>
      kinds.flatMap((kind) => Object.entries(ids.ids).map(([provider, value]) => ({ of: kind, provider, value }))),
    );
    const doubtful = new Set<Claim>();
    if (keys.length === 0) return doubtful;
    const graph = createWorkingGraph(await store.apart());
    await store.loadInto(graph, await store.mediaOfIds(keys));
    for (const claim of claims) {
      const verdicts = claim.kinds.map((kind) => weigh(graph, claim, kind));
      const meant = verdicts.flatMap((verdict) => (verdict.meant === undefined ? [] : [verdict.meant]));
      const [first] = meant;
      if (first !== undefined && meant.length === 1) found.set(claim, first);
      else if (meant.length > 1 || verdicts.some((verdict) => verdict.doubtful)) doubtful.add(claim);
    }
    return doubtful;
  }

  /** Several entries of one title are answered by the oldest, which the others will be joined to. */
  function weigh(graph: WorkingGraph, { ids, told }: Claim, kind: Kind): Readonly<{ meant?: MediaId; doubtful: boolean }> {
    const holders = Object.entries(ids.ids).flatMap(([provider, value]) => graph.byExternalId(kind, provider, value) ?? []);
    const candidates = [...new Set<Medium>(holders)].map((medium) => candidateOf(medium, {}));
    const evidence = { ids: ids.ids, title: told.title ?? '', ...(told.year !== undefined && { year: told.year }), numbered: false };
    const verdict = matchTitle<MediumCandidate>(evidence, candidates, (one, other) => graph.heldApart(one.medium, other.medium));
    if (verdict.outcome === 'match') return { meant: verdict.candidate.medium.id as MediaId, doubtful: false };
    if (verdict.outcome === 'same') {
      return { meant: Math.min(...verdict.candidates.map((one) => one.medium.id)) as MediaId, doubtful: false };
    }
    return { doubtful: verdict.outcome === 'conflict' };
  }

  /** A cour has ids of its own, where servers have the whole series. */
  async function byMapping(claims: readonly Claim[], found: Map<Claim, MediaId>): Promise<void> {
    const asked = claims
      .filter((claim) => claim.kinds.includes('show'))
      .flatMap((claim) => siteIdsOf(claim.ids.ids).map(([provider, id]) => ({ claim, provider, id })));
    if (deps.coordinates === undefined || asked.length === 0) return;
    const titles = await deps.coordinates.titlesOf(asked);
    const series = new Map<Claim, Claim>();
    for (const [index, { claim }] of asked.entries()) {
      const title = titles[index];
      // A film lies with the series too, which is not what is meant by it.
      const isFilm = title?.kind === 'movie' && claim.told.kind !== 'show';
      if (title?.tvdb === undefined || isFilm || series.has(claim)) continue;
      series.set(claim, { ...claim, kinds: ['show'], ids: { ids: { tvdb: title.tvdb } } });
    }
    const meant = new Map<Claim, MediaId>();
    await byIds([...series.values()], meant);
    for (const [claim, asSeries] of series) {
      const media = meant.get(asSeries);
      if (media !== undefined) found.set(claim, media);
    }
  }

  async function byName(claims: readonly Claim[], found: Map<Claim, MediaId>): Promise<void> {
    const named = claims.filter((claim) => plainTitle(claim.told.title ?? '') !== '');
    const known = Map.groupBy(await plainTitles.named(named.map((claim) => plainTitle(claim.told.title ?? ''))), (title) => title.plain);
    const graph = createWorkingGraph(new Set());
    await store.loadInto(
      graph,
      [...known.values()].flatMap((titles) => titles.map((title) => title.mediaId)),
    );
    for (const claim of named) {
      const told = new Map(Object.entries(claim.ids.ids).map(([provider, value]) => [provider, [value]]));
      // A name alone is no more than a guess where ids are told that nobody knows.
      if (claim.told.year === undefined && (told.size > 0 || claim.ids.number !== undefined)) continue;
      const fitting = nearestYear(
        (known.get(plainTitle(claim.told.title ?? '')) ?? []).filter(
          (title) => claim.kinds.includes(title.kind) && !idsContradict(graph.byId(title.mediaId)?.ids ?? new Map(), told),
        ),
        claim.told.year,
      );
      const [only] = fitting;
      if (only && fitting.length === 1) found.set(claim, only.mediaId);
    }
  }

  async function make(claims: readonly Claim[], found: Map<Claim, MediaId>): Promise<void> {
    const wanted = claims.flatMap((claim) => {
      const kind = claim.told.kind === 'any' ? claim.told.madeAs : claim.told.kind;
      return kind === undefined || Object.keys(claim.ids.ids).length === 0 ? [] : [{ claim, kind }];
    });
    const sound: Wanted[] = [];
    for (let from = 0; from < wanted.length; from += VERIFIED_AT_ONCE) {
      const names = await Promise.all(wanted.slice(from, from + VERIFIED_AT_ONCE).map(nameIfSound));
      sound.push(...names.flatMap((name) => name ?? []));
    }
    if (sound.length === 0) return;
    const movies = sound.filter(({ kind }) => kind === 'movie');
    const shows = sound.filter(({ kind }) => kind === 'show');
    const made = await database.transaction(async (handle) => {
      const graph = graphOn(handle);
      const madeMovies = await graph.know(movies.map(({ named }) => ({ kind: 'movie', ...named })));
      return [...madeMovies, ...(await graph.knowShows(shows.map(({ named }) => named)))];
    });
    for (const [index, { claim }] of [...movies, ...shows].entries()) {
      const media = (made[index] satisfies KnownTitle | undefined)?.mediaId;
      if (media !== undefined) found.set(claim, media);
    }
  }

  /** Undefined where the source says that there is no such title, or where nobody says what it is called. */
  async function nameIfSound({ claim, kind }: Omit<Wanted, 'named'>): Promise<Wanted | undefined> {
    const { ids } = claim.ids;
    const title = writable(claim.told.title ?? '');
    if (title === '') {
      const name = await deps.nameOf?.({ kind, ids });
      return name && { claim, kind, named: { ...name, ids } };
    }
    const named = { title, ids, ...(claim.told.year !== undefined && { year: claim.told.year }) };
    return (await deps.verify?.({ kind, ...named })) === 'unknown' ? undefined : { claim, kind, named };
  }

  return {
    resolve,
    resolveManyEpisodes,
    resolveEpisodes: (show, episodes, options) =>
      resolveManyEpisodes(
        episodes.map((episode) => ({ ...episode, show })),
        options,
      ),
  };
}

/** Those of that year, else those whose year nobody told, else those of the years beside it: sources differ by one. */
function nearestYear(titles: readonly PlainTitle[], year: number | undefined): readonly PlainTitle[] {
  if (year === undefined) return titles;
  const groups = [
    titles.filter((title) => title.year === year),
    titles.filter((title) => title.year === undefined),
    titles.filter((title) => title.year !== undefined && Math.abs(title.year - year) === 1),
  ];
  return groups.find((group) => group.length > 0) ?? [];
}
