import type { TitleClaims, TitleSearch } from '#core/media/index.ts';
import type { ExternalIds } from '#kernel/external-ids.ts';
import type { MediaId } from '#kernel/ids.ts';

type Kind = 'movie' | 'show';
export type FoundBeyond = Readonly<{ kind: Kind; id: string; title: string; year?: number }>;
export type NamedBeyond = Readonly<{ kind: Kind; title: string; year?: number; ids: ExternalIds }>;

/** A catalogue of all titles there are, beside the house's own. */
export type BeyondSource = Readonly<{
  /** The provider of its ids. */
  vendor: string;
  /** Undefined where it cannot be asked now. Never throws. */
  search(
    query: Readonly<{ kind: Kind; text: string; page: number }>,
  ): Promise<Readonly<{ hits: readonly FoundBeyond[]; pages: number }> | undefined>;
  /** Lets the house know of titles that it did not have, in their order. */
  know(titles: readonly NamedBeyond[]): Promise<readonly (MediaId | undefined)[]>;
}>;

export type BeyondDeps = Readonly<{
  claims: Pick<TitleClaims, 'resolve'>;
  source: BeyondSource;
  isAnime(media: readonly MediaId[]): Promise<ReadonlySet<MediaId>>;
}>;

/** Nobody looks further than this, and each page is a call. */
const MOST_PAGES = 3;
/** A source of this kind knows nothing of anime. */
const KINDS: Readonly<Record<TitleSearch['shelf'], readonly Kind[]>> = {
  movie: ['movie'],
  show: ['show'],
  anime: [],
  all: ['movie', 'show'],
};

type Candidate = Readonly<{ named: NamedBeyond; mediaId?: MediaId }>;

/** What a source has of that name beside the house's own titles, which come first. Only what is shown becomes a title of the house, with a number that stays. */
export function createSearchBeyond({ claims, source, isAnime }: BeyondDeps) {
  async function page(
    kind: Kind,
    text: string,
    number: number,
  ): Promise<Readonly<{ found: readonly Candidate[]; pages: number }> | undefined> {
    const answer = await source.search({ kind, text, page: number });
    if (answer === undefined) return undefined;
    const named = answer.hits.map(
      ({ id, title, year }): NamedBeyond => ({ kind, title, ids: { [source.vendor]: id }, ...(year !== undefined && { year }) }),
    );
    const known = await claims.resolve(named, { create: false });
    const found = named.map((one, index): Candidate => {
      const mediaId = known[index];
      return { named: one, ...(mediaId !== undefined && { mediaId }) };
    });
    return { found, pages: answer.pages };
  }

  /** What the source lists, page by page, as far as anybody looks. */
  async function* listed({ shelf, text }: TitleSearch): AsyncGenerator<readonly Candidate[], void, void> {
    for (const kind of KINDS[shelf]) {
      for (let number = 1, last = 1; number <= Math.min(last, MOST_PAGES); number += 1) {
        const answer = await page(kind, text, number);
        if (answer === undefined) break;
        last = answer.pages;
        yield answer.found;
      }
    }
  }

  /** In the source's order, each once, none of the house's own answer and none that lies on another shelf. */
  async function candidates(search: TitleSearch, own: ReadonlySet<MediaId>, wanted: number): Promise<readonly Candidate[]> {
    const seen = new Set(own);
    const all: Candidate[] = [];
    for await (const found of listed(search)) {
      const marked = search.shelf === 'all' ? new Set<MediaId>() : await isAnime(found.flatMap((one) => one.mediaId ?? []));
      const fresh = found.filter(({ mediaId }) => mediaId === undefined || !(seen.has(mediaId) || marked.has(mediaId)));
      for (const { mediaId } of fresh) if (mediaId !== undefined) seen.add(mediaId);
      all.push(...fresh);
      if (all.length >= wanted) break;
    }
    return all;
  }

  /** `own`: all that the house answers. `from` and `limit`: which of what lies beyond. `total`: how many lie there, as far as was looked. */
  return async (
    search: TitleSearch,
    own: readonly MediaId[],
    { from, limit }: Readonly<{ from: number; limit: number }>,
  ): Promise<Readonly<{ titles: readonly MediaId[]; total: number }>> => {
    // One more tells whether there is another page.
    const all = await candidates(search, new Set(own), from + limit + 1);
    const shown = all.slice(from, from + limit);
    const fresh = shown.filter((one) => one.mediaId === undefined);
    const made = fresh.length === 0 ? [] : await source.know(fresh.map((one) => one.named));
    const ids = new Map(fresh.map((one, index) => [one, made[index]]));
    return { titles: [...new Set(shown.flatMap((one) => one.mediaId ?? ids.get(one) ?? []))], total: all.length };
  };
}
