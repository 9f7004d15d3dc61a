import type { TitleClaim } from '#core/media/index.ts';
import type { ListName } from '#core/viewing/index.ts';
import type { PersonId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Numbering } from './plan-title-watch.ts';
import type { createHistoryRemover, RemovalAsker } from './remove-history.ts';
import type { LibraryTitle } from './title-types.store.ts';
import type { createHistoryWriter } from './write-history.ts';

/** Where a title belongs; `remove` takes it out of the library. `day`: when it was watched, where that is what the list says. */
export type ListWord = Readonly<{ claim: TitleClaim; numbering?: Numbering; to: ListName | 'remove'; addedAt?: Instant; day?: Instant }>;

/** Absent where nobody knows the title. The list may be another than was asked for: what airs is not completed. */
export type ListOutcome = Readonly<{ title: LibraryTitle; to: ListName | 'remove' }> | undefined;

export type ListDesk = ReturnType<typeof createListDesk>;

type Deps = Readonly<{
  writer: ReturnType<typeof createHistoryWriter>;
  remover: ReturnType<typeof createHistoryRemover>;
}>;

/** Moves titles between lists. Whatever a list says of watching is taken as an app's word on it. */
export function createListDesk({ writer, remover }: Deps) {
  async function put(person: PersonId, words: readonly ListWord[]): Promise<readonly ListOutcome[]> {
    const titles = words.map(({ to, ...word }) => ({ ...word, ...(to !== 'remove' && { list: to }) }));
    const written = await writer.addToHistory(person, { titles, episodes: [] });
    return written.titles.map((outcome) => (outcome.found && outcome.list ? { title: outcome.title, to: outcome.list } : undefined));
  }

  async function remove(person: PersonId, words: readonly ListWord[], asker: RemovalAsker): Promise<readonly ListOutcome[]> {
    const taken = await remover.removeFromHistory(person, { titles: words, episodes: [] }, asker);
    return taken.titles.map((outcome) => (outcome.found ? { title: outcome.title, to: 'remove' } : undefined));
  }

  return {
    /** In the order given, which is also that in which they are carried out: of a title that is named twice the last word stands. */
    async putOnLists(person: PersonId, words: readonly ListWord[], asker: RemovalAsker): Promise<readonly ListOutcome[]> {
      const outcomes: ListOutcome[] = [];
      for (const run of runsOf(words)) {
        const isRemoval = run[0]?.to === 'remove';
        outcomes.push(...(isRemoval ? await remove(person, run, asker) : await put(person, run)));
      }
      return outcomes;
    },
  };
}

/** Words that follow each other and are all removals, or all none: each is one transaction. */
function runsOf(words: readonly ListWord[]): readonly (readonly ListWord[])[] {
  const runs: ListWord[][] = [];
  for (const word of words) {
    const last = runs.at(-1);
    if (last !== undefined && (last[0]?.to === 'remove') === (word.to === 'remove')) last.push(word);
    else runs.push([word]);
  }
  return runs;
}
