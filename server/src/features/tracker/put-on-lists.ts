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
  return {
    /** In the order given. */
    async putOnLists(person: PersonId, words: readonly ListWord[], asker: RemovalAsker): Promise<readonly ListOutcome[]> {
      const outcomes = new Map<ListWord, ListOutcome>();
      const listed = words.filter((word) => word.to !== 'remove');
      const removed = words.filter((word) => word.to === 'remove');
      const titles = listed.map(({ to, ...word }) => ({ ...word, ...(to !== 'remove' && { list: to }) }));
      const written = listed.length > 0 ? await writer.addToHistory(person, { titles, episodes: [] }) : { titles: [] };
      for (const [index, word] of listed.entries()) {
        const outcome = written.titles[index];
        if (outcome?.found && outcome.list) outcomes.set(word, { title: outcome.title, to: outcome.list });
      }
      const taken = removed.length > 0 ? await remover.removeFromHistory(person, { titles: removed, episodes: [] }, asker) : { titles: [] };
      for (const [index, word] of removed.entries()) {
        const outcome = taken.titles[index];
        if (outcome?.found) outcomes.set(word, { title: outcome.title, to: 'remove' });
      }
      return words.map((word) => outcomes.get(word));
    },
  };
}
