import { createMediaGraph } from '#core/media/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { MediaId } from '#kernel/ids.ts';
import { seconds } from '#kernel/instant.ts';
import type { JobContext } from '#platform/jobs/index.ts';
import { type AskedMedium, askBatch, isOfAll, type Outcome } from './ask-batch.ts';
import { createMetadataStore, type DueTitle } from './metadata.store.ts';
import { createRecord, type RecordDeps } from './record-answers.ts';
import type { SourceDesk } from './source-desk.ts';

export type FillInDeps = Omit<RecordDeps, 'vendor'> & Readonly<{ desk: SourceDesk }>;

/** `stopped`: why it ended before everything was asked about. */
export type FillReport = Readonly<{ due: number; told: number; unknown: number; failed: number; stopped?: string }>;

type Run = Pick<JobContext, 'signal' | 'log' | 'progress' | 'breathe'>;

const AT_ONCE = 20;
export const BULK_TIMEOUT = seconds(60);
/** So many faults one after the other are the source's, not those of the titles. */
const FAULTS_IN_A_ROW = 5;

/** Asks the source about titles that are due, in batches, and writes down each batch: whatever ends it, the next run goes on from there. */
export function createFillIn({ desk, ...deps }: FillInDeps) {
  const { database, clock } = deps;
  const { vendor } = desk;
  const store = createMetadataStore(database);
  const record = createRecord({ ...deps, vendor });

  async function describe(batch: readonly DueTitle[]): Promise<readonly AskedMedium[]> {
    const media = await createMediaGraph(database, { clock }).describe(batch.map((one) => one.media));
    return batch.flatMap(({ media: id, failures }) => {
      const medium = media.get(id);
      return medium ? [{ medium, failures }] : [];
    });
  }

  return async (titles: readonly MediaId[], run: Run): Promise<FillReport> => {
    const source = await desk.open(BULK_TIMEOUT);
    const tally = createTally();
    if (source === undefined) return { ...tally.report, stopped: `There is no key for ${vendor}.` };
    const due = await store.dueAmong(vendor, titles, clock.now());
    tally.report.due = due.length;
    for (let done = 0; done < due.length; ) {
      await run.breathe();
      const left = await desk.callsLeft();
      if (left <= 0) return { ...tally.report, stopped: 'The calls of this day are used up.' };
      const batch = due.slice(done, done + Math.min(AT_ONCE, left));
      const outcomes = await askBatch(source, await describe(batch), run);
      await record(outcomes);
      await desk.count();
      for (const outcome of outcomes) tally.add(outcome, run);
      done += batch.length;
      run.progress(done, due.length);
    }
    return tally.report;
  };
}

function createTally() {
  const report = { due: 0, told: 0, unknown: 0, failed: 0 };
  let faultsInARow = 0;
  return {
    report,
    /** Throws where the next titles would fare no better. */
    add(outcome: Outcome, { log }: Run): void {
      report[tallyOf(outcome)] += 1;
      const { fault, medium } = outcome;
      faultsInARow = fault === undefined ? 0 : faultsInARow + 1;
      if (fault === undefined) return;
      log('warn', `${medium.title}: ${fault.message}`);
      if (isOfAll(fault) || faultsInARow >= FAULTS_IN_A_ROW) throw stopped(fault);
    },
  };
}

const tallyOf = ({ answer, fault }: Outcome): 'told' | 'failed' | 'unknown' => {
  if (fault) return 'failed';
  return answer?.state === 'told' ? 'told' : 'unknown';
};

const stopped = (fault: AppError): AppError =>
  new AppError(fault.code, `${fault.message} The titles that are left are asked about at the next run.`, {
    cause: fault,
    details: fault.details,
    ...(fault.retryAfterMs !== undefined && { retryAfterMs: fault.retryAfterMs }),
  });
