import type { SourceHit, SourcePage, SourceQuery } from '#core/upstreams/index.ts';
import { isUpstreamFault } from '#kernel/app-error.ts';
import { seconds } from '#kernel/instant.ts';
import type { AskedTitle } from './ask-about.ts';
import type { Word } from './verify-title.ts';

type Named = Readonly<{ title: string; year?: number }>;
type Asking = Readonly<{
  vendor: string;
  verify(title: AskedTitle): Promise<Word>;
  nameOf(title: AskedTitle): Promise<Named | undefined>;
  search(query: SourceQuery, signal: AbortSignal): Promise<SourcePage | undefined>;
}>;

/** The id of the one film; else why there is none: several are called so, none is, or nobody could be asked. */
export type FilmFound = Readonly<{ ids: Readonly<Record<string, string>> }> | 'several' | 'none' | 'not-asked';

export type LimitedQuestions = Readonly<{
  verify(title: AskedTitle): Promise<Word>;
  nameOf(title: AskedTitle): Promise<Named | undefined>;
  /** By its whole name, or its original one, and its year: anything less would be a guess. Never throws. */
  findFilm(film: Required<Named>): Promise<FilmFound>;
  /** What was not asked since so much had been asked already. */
  unasked(): number;
}>;

/** Letters and digits of any script, without case, accents or signs. Articles stay: with and without one are two names. */
const wholeName = (title: string): string =>
  title
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');

/** A name that is so common that more pages follow cannot be told apart. */
const PAGES = 3;
const PATIENCE = seconds(20);

/** The source for one piece of long work, which may ask so much and no more. What is beyond it is answered as if there were no source. */
export function limitQuestions({ vendor, verify, nameOf, search }: Asking, most: number): LimitedQuestions {
  let asked = 0;
  let unasked = 0;

  function may(): boolean {
    if (asked < most) asked += 1;
    else unasked += 1;
    return asked + unasked <= most;
  }

  async function filmsCalled({ title, year }: Required<Named>): Promise<ReadonlySet<string> | 'too-many' | undefined> {
    const name = wholeName(title);
    const found = new Set<string>();
    const isMeant = (hit: SourceHit): boolean =>
      hit.year === year && [hit.title, hit.originalTitle ?? ''].some((one) => wholeName(one) === name);
    for (let page = 1; page <= PAGES; page += 1) {
      const answer = await search({ kind: 'movie', text: title, year, page }, AbortSignal.timeout(PATIENCE));
      if (answer === undefined) return undefined;
      for (const hit of answer.hits.filter(isMeant)) found.add(hit.id);
      if (page >= answer.pages) return found;
    }
    return 'too-many';
  }

  function foundOf(films: ReadonlySet<string> | 'too-many' | undefined): FilmFound {
    if (films === undefined) return 'not-asked';
    if (films === 'too-many' || films.size > 1) return 'several';
    const [id] = films;
    return id === undefined ? 'none' : { ids: { [vendor]: id } };
  }

  return {
    verify: async (title) => (may() ? verify(title) : 'unavailable'),
    nameOf: async (title) => (may() ? nameOf(title) : undefined),
    async findFilm(film) {
      if (wholeName(film.title) === '' || !may()) return 'not-asked';
      return foundOf(await filmsCalled(film).catch(unlessAway));
    },
    unasked: () => unasked,
  };
}

/** A source that does not answer was not asked; anything else is a bug of ours. */
function unlessAway(error: unknown): undefined {
  if (!isUpstreamFault(error) && !(error instanceof DOMException)) throw error;
}
