import { setImmediate as turn } from 'node:timers/promises';
import type { Account } from '#core/connections/index.ts';
import type { Person } from '#core/people/index.ts';
import type { ToldRecord } from '#core/upstreams/index.ts';
import type { Clock } from '#kernel/instant.ts';
import type { JobContext } from '#platform/jobs/index.ts';
import type { OpenArrival } from './moving-in.store.ts';
import type { ItemOutcome } from './place-records.ts';
import { takePage } from './take-history.ts';
import type { PersonReport, Tally } from './tally.ts';

export type TakeRecordsDeps = Readonly<{ rooms: Readonly<{ arrival: OpenArrival }>; clock: Clock; tally: Tally }>;

export type RecordsRun = Readonly<{
  person: Person;
  report: PersonReport;
  /** By the names that the records use. */
  accounts: ReadonlyMap<string, Account>;
  records: AsyncIterable<readonly ToldRecord[]>;
  run: Pick<JobContext, 'signal' | 'breathe'>;
  onPage(records: number): void;
}>;

/** Takes a history page by page, each in a transaction of its own: what a kill interrupts is told again, and changes nothing then. */
export async function takeRecords(deps: TakeRecordsDeps, { person, report, accounts, records, run, onPage }: RecordsRun): Promise<void> {
  const { rooms, clock, tally } = deps;
  for await (const page of records) {
    run.signal.throwIfAborted();
    const outcome = await rooms.arrival((stores) => takePage(stores, { person: person.id, accounts, records: page, now: clock.now() }));
    for (const [index, one] of outcome.records.entries()) {
      const what = page[index]?.what ?? '';
      report.history.records += 1;
      if (one.is === 'new') report.history.taken += 1;
      else report.history[one.is] += 1;
      if (one.is === 'refused') tally.refuse({ kind: 'record', person: person.name, what, reason: one.reason });
    }
    for (const refusal of [...page.flatMap((record) => record.left ?? []), ...outcome.left]) tally.leave('record', refusal);
    for (const item of outcome.items) countItem(report, tally, item);
    onPage(page.length);
    await run.breathe();
    // SQLite answers without ever letting go of the thread: what is due beside this (progress, a heartbeat, a cancellation) would wait for the end.
    await turn();
  }
}

function countItem(report: PersonReport, tally: Tally, { account, what, is, reason }: ItemOutcome): void {
  const counts = report.backends.find((backend) => backend.name === account)?.items;
  if (counts) counts[is === 'left' ? 'refused' : is] += 1;
  if (reason !== undefined) tally.leave('item', { what: `${what}, the item of ${account}`, reason });
}
