import type { Media, MediaGraph, TitleFactDesk } from '#core/media/index.ts';
import type { SourceTitle } from '#core/upstreams/index.ts';
import { messageOf } from '#kernel/app-error.ts';
import type { Clock, Instant } from '#kernel/instant.ts';
import { isOfAll, type Outcome } from './ask-batch.ts';
import { type Check, createMetadataStore, type Database, type Handle } from './metadata.store.ts';
import { lastsFor, spread, untilAskedAgain, untilRetry } from './when-due.ts';

export type RecordDeps = Readonly<{
  database: Database;
  clock: Clock;
  vendor: string;
  facts: Pick<TitleFactDesk, 'tell'>;
  graphOn(handle: Handle): MediaGraph;
}>;

type Told = Readonly<{ medium: Media; title: SourceTitle; agrees: boolean }>;

/** Keeps what the source told, lets its ids be known, and when each title is to be asked about again, in this order: what is lost is asked anew. */
export function createRecord({ database, clock, vendor, facts, graphOn }: RecordDeps) {
  /** The source's other ids of a title become known, as those that a server tells. */
  async function teach(told: readonly Told[]): Promise<void> {
    const news = told.filter(
      ({ medium, title, agrees }) => agrees && Object.keys(title.ids).some((provider) => medium.ids[provider] === undefined),
    );
    if (news.length === 0) return;
    await database.transaction(async (handle) => {
      const graph = graphOn(handle);
      const movies = news.filter(({ title }) => title.kind === 'movie');
      await graph.know(movies.map((one) => ({ kind: 'movie', ...named(one) })));
      await graph.knowShows(news.filter(({ title }) => title.kind === 'show').map(named));
    });
  }

  return async (outcomes: readonly Outcome[]): Promise<void> => {
    const told = outcomes.flatMap(({ medium, answer }) => (answer?.state === 'told' ? [{ medium, ...answer }] : []));
    await teach(told);
    await facts.tell(
      vendor,
      told.map(({ medium, title: { facts: known, episodes, complete = false } }) => ({
        media: medium.id,
        facts: known,
        ...(episodes && { episodes, complete }),
      })),
    );
    const now = clock.now();
    const checks = outcomes.flatMap((outcome) => checkOf(outcome, now));
    await createMetadataStore(database).save(vendor, checks, now);
  };
}

const named = ({ medium, title }: Told) => ({
  title: medium.title,
  ids: { ...medium.ids, ...title.ids },
  ...(medium.year !== undefined && { year: medium.year }),
});

/** A fault that every title would meet says nothing of this one. */
function checkOf({ medium, failures, answer, fault }: Outcome, now: Instant): readonly Check[] {
  if (fault !== undefined && isOfAll(fault)) return [];
  if (answer === undefined) {
    return [{ media: medium.id, state: 'failed', dueAt: now + untilRetry(failures), failures, fault: messageOf(fault) }];
  }
  const span = answer.state === 'told' ? lastsFor(answer.title, now) : untilAskedAgain(answer.state);
  return [{ media: medium.id, state: answer.state, dueAt: now + spread(span, medium.id) }];
}
