import { mkdir, rm, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { type Actor, mayActAs, requireActAs, requireRight } from '#core/access/index.ts';
import type { Connections } from '#core/connections/index.ts';
import type { Publish } from '#core/events.ts';
import type { IgnoreRules } from '#core/ignore-rules/index.ts';
import type { MediaGraph } from '#core/media/index.ts';
import type { People, Person } from '#core/people/index.ts';
import type { HouseholdSource, ToldRecord } from '#core/upstreams/index.ts';
import { AppError, invalid } from '#kernel/app-error.ts';
import { type JobId, personId } from '#kernel/ids.ts';
import type { Clock } from '#kernel/instant.ts';
import type { JsonObject } from '#kernel/json.ts';
import type { Job, JobContext, JobQueue } from '#platform/jobs/index.ts';
import { createArrivalStore, type Database, type Handle } from './moving-in.store.ts';
import { createReportFiles } from './report-files.ts';
import { type EntryDesks, type HouseholdRooms, type KeepBackup, takeHousehold } from './take-household.ts';
import { takeRecords } from './take-records.ts';
import { createTally, noCounts, noHistory, type PersonReport } from './tally.ts';

/** Names under which the work stands in the queue. */
export const MOVING_IN_JOB = 'moving-in';
export const RESTORE_JOB = 'restore';

export type MovingInDeps = Readonly<{
  database: Database;
  clock: Clock;
  jobs: Pick<JobQueue, 'enqueue' | 'handle'>;
  people: Pick<People, 'get'>;
  /** The programs that can be moved in from, by the names that people type. */
  sources: Readonly<Record<string, HouseholdSource>>;
  /** The rooms on a database that may be that of a rehearsal. */
  roomsOn(database: Database): Readonly<{
    people: HouseholdRooms['people'];
    connections: Pick<Connections, 'list' | 'adopt'>;
    ignoreRules: Pick<IgnoreRules, 'add'>;
  }>;
  graphOn(handle: Handle): MediaGraph;
  /** Hears of what changed in histories, in the transactions of the changes. */
  publish?: Publish<Handle>;
  desks?: EntryDesks;
  keepBackup: KeepBackup;
  /** The records of a portable backup: by its name in the folder of backups, or by its whole path. Throws `invalid` naming `file`. */
  openBackup(file: string): Promise<AsyncIterable<readonly ToldRecord[]>>;
  /** Reports and scratch copies go to its folder `moving-in`. */
  dataDir: string;
}>;

export type MoveWish = Readonly<{ program: string; folder: string; apply: boolean }>;
export type RestoreWish = Readonly<{ file: string; person: Person; apply: boolean }>;

export type MovingIn = Readonly<{
  /** Asks for a run. Without `apply` nothing is changed. Throws `invalid` naming `program` or `folder`, and `forbidden`. */
  move(wish: MoveWish, actor: Actor): Promise<Readonly<{ id: JobId; coalesced: boolean }>>;
  /** The same for a portable backup and one person's history. Throws `invalid` naming `file`, and `forbidden`. */
  restore(wish: RestoreWish, actor: Actor): Promise<Readonly<{ id: JobId; coalesced: boolean }>>;
  /** All that a run took and did not take. Throws `not-found`. */
  report(job: string): Promise<JsonObject>;
  registerJobs(): void;
}>;

/** A household that comes from another program, or back from a backup. */
export function createMovingIn(deps: MovingInDeps): MovingIn {
  const { database, clock, jobs, sources, dataDir } = deps;
  const folder = join(dataDir, 'moving-in');
  const reports = createReportFiles(folder);

  const roomsOn = (on: Database): HouseholdRooms => ({ ...deps.roomsOn(on), arrival: createArrivalStore(on, deps.graphOn, deps.publish) });

  function sourceOf(program: string): HouseholdSource {
    const source = Object.hasOwn(sources, program) ? sources[program] : undefined;
    if (source) return source;
    throw invalid('program', `there is none named "${program}" to move in from; there is ${Object.keys(sources).join(', ')}`);
  }

  /** Where it is only shown, everything happens in a database that is thrown away: so what is shown is what would be done. */
  async function carryOut(job: Job, apply: boolean, work: (rooms: HouseholdRooms) => Promise<void>): Promise<JsonObject> {
    if (!apply) {
      await database.rehearse((scratch) => work(roomsOn(scratch)));
      return {};
    }
    const copy = await database.copy(`before-moving-in-${job.createdAt}`);
    await work(roomsOn(database));
    return { copy };
  }

  /** Of bulk work one runs at a time: what lies there is what a kill has left. */
  async function inScratch<T>(work: (scratch: string) => Promise<T>): Promise<T> {
    const scratch = join(folder, 'scratch');
    await rm(scratch, { recursive: true, force: true });
    await mkdir(scratch, { recursive: true, mode: 0o700 });
    try {
      return await work(scratch);
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  }

  async function runMove(job: Job, context: JobContext): Promise<JsonObject> {
    const [program, from, apply] = [String(job.payload.program), String(job.payload.folder), job.payload.apply === true];
    const source = sourceOf(program);
    const tally = createTally();
    const head = await inScratch(async (scratch) => {
      const left = await source.open(from, scratch, context.signal);
      try {
        return await carryOut(job, apply, (rooms) =>
          takeHousehold({ rooms, clock, desks: deps.desks ?? {}, keepBackup: deps.keepBackup, tally }, left, {
            ...context,
            dryRun: !apply,
          }),
        );
      } finally {
        await left.close();
      }
    });
    return tell(job, context, { program: source.title, folder: from, applied: apply, ...head }, tally);
  }

  async function runRestore(job: Job, context: JobContext): Promise<JsonObject> {
    const [file, apply] = [String(job.payload.file), job.payload.apply === true];
    const person = await deps.people.get(personId(Number(job.payload.personId)));
    const tally = createTally();
    const report: PersonReport = { name: person.name, is: 'there', backends: [], ignore_rules: noCounts(), history: noHistory() };
    tally.people.push(report);
    const records = await deps.openBackup(file);
    const head = await carryOut(job, apply, (rooms) =>
      takeRecords(
        { rooms, clock, tally },
        {
          person,
          report,
          accounts: new Map(),
          records,
          run: context,
          onPage: () => context.progress(report.history.records, undefined, person.name),
        },
      ),
    );
    return tell(job, context, { file, applied: apply, ...head }, tally);
  }

  async function tell(job: Job, context: JobContext, head: JsonObject, tally: ReturnType<typeof createTally>): Promise<JsonObject> {
    const place = await reports.write(job.id, tally.report(head));
    for (const { name, history: h } of tally.people) {
      const verb = head.applied === true ? 'were taken' : 'would be taken';
      context.log(
        'info',
        `${name}: ${h.records} records; ${h.taken} ${verb}, ${h.changed} add to what is here, ${h.there} are here already, ${h.refused} cannot be taken.`,
      );
    }
    return tally.summary({ ...head, report: place });
  }

  return {
    async move({ program, folder: from, apply }, actor) {
      requireRight(actor, 'admin');
      if (!mayActAs(actor, personId(0)))
        throw new AppError('forbidden', `${actor.name} acts for one person, and a household is everybody's.`);
      sourceOf(program);
      const isFolder = isAbsolute(from) && (await stat(from).catch(() => undefined))?.isDirectory() === true;
      if (!isFolder)
        throw invalid('folder', 'must be the whole path of a folder where the server runs; in a container it has to be mounted');
      const payload = { program, folder: from, apply };
      return jobs.enqueue({
        name: MOVING_IN_JOB,
        lane: 'bulk',
        reference: `${MOVING_IN_JOB}:${program}:${String(apply)}:${from}`,
        payload,
      });
    },

    async restore({ file, person, apply }, actor) {
      requireActAs(actor, person.id);
      const anyFile = mayActAs(actor, personId(0));
      if (isAbsolute(file) ? !anyFile : !anyFile && !file.startsWith(`${person.name}.`)) {
        throw new AppError('forbidden', `${actor.name} may only restore backups of ${person.name}: give the name of one.`);
      }
      if (isAbsolute(file)) requireRight(actor, 'admin');
      await deps.openBackup(file);
      const payload = { file, personId: person.id, apply };
      const reference = `${RESTORE_JOB}:${person.id}:${String(apply)}:${file}`;
      return jobs.enqueue({ name: RESTORE_JOB, lane: 'bulk', person: person.id, reference, payload });
    },

    async report(job) {
      const found = await reports.read(job);
      if (found) return found;
      throw new AppError('not-found', `The run ${job} has left no report: it has not ended, or there was none.`);
    },

    registerJobs() {
      jobs.handle(MOVING_IN_JOB, runMove);
      jobs.handle(RESTORE_JOB, runRestore);
    },
  };
}
