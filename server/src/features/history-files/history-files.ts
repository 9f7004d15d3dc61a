import { type Actor, requireActAs, requireRight } from '#core/access/index.ts';
import type { TitleClaims } from '#core/media/index.ts';
import type { People, Person } from '#core/people/index.ts';
import type { ExportedFile, ExportedHistory, HistoryFileReader } from '#core/upstreams/index.ts';
import { AppError, invalid } from '#kernel/app-error.ts';
import { type JobId, personId } from '#kernel/ids.ts';
import type { JsonObject } from '#kernel/json.ts';
import type { Job, JobContext, JobQueue } from '#platform/jobs/index.ts';
import { gatherRecords } from './gather-records.ts';
import type { Database } from './history-files.store.ts';
import { ownCsv, writeCsv } from './own-csv.ts';
import { ownJson, writeJson } from './own-json.ts';
import { type ArrivalDeps, emptyTally, type LeftRecord, type Tally, takeRecords } from './take-records.ts';
import { createUploads, type UploadedFile } from './uploads.ts';

export type HistoryFilesDeps = Readonly<{
  database: Database;
  clock: ArrivalDeps['clock'];
  jobs: Pick<JobQueue, 'enqueue' | 'handle' | 'get'>;
  people: Pick<People, 'get'>;
  memos: ArrivalDeps['memos'];
  playbacks: ArrivalDeps['playbacks'];
  publish: ArrivalDeps['publish'];
  /**
   * For one file: what titles are meant, on the database of a rehearsal too, and a source that may be asked so much and no more. What
   * another house (`ours`) has told is made as it told it, and no source is asked whether there is such a title.
   */
  ask(ours: boolean): Readonly<{ claimsOn(database: Database): TitleClaims; findFilm: ArrivalDeps['findFilm']; unasked(): number }>;
  /** What other services write out. Ours are read in any case. */
  readers: readonly HistoryFileReader[];
  /** The person's servers are told what came. */
  tellServers(person: Person['id']): Promise<void>;
  dataDir: string;
}>;

export type FileFormat = 'json' | 'csv';

const JOB = 'history:import';
const PAGE = 200;
/** Letters of text that are read while somebody waits: some tenths of a second. */
const READ_AT_ONCE = 4 * 1_024 * 1_024;
/** So many of what was left is told one by one; the rest is counted. */
const MOST_TOLD = 1_000;

export type HistoryFiles = ReturnType<typeof createHistoryFiles>;

/** A person's history as files: those of other services come in, and our own go out and come back. */
export function createHistoryFiles(deps: HistoryFilesDeps) {
  const { database, clock, jobs } = deps;
  const uploads = createUploads(deps);
  const readers: readonly HistoryFileReader[] = [ownJson, ownCsv, ...deps.readers];

  async function recognise(upload: string): Promise<Readonly<{ reader: HistoryFileReader; files: readonly ExportedFile[] }>> {
    const files = await uploads.open(upload);
    const reader = readers.find((one) => one.recognises(files));
    if (!reader) {
      const known = readers.map(({ title }) => title).join(', ');
      throw invalid('file', `is no history that this house can read: it reads those of ${known}`);
    }
    return { reader, files };
  }

  /** Refuses what is no history. A large one is read by the run alone, which fails in the same words: reading holds up this thread. */
  async function check(upload: string): Promise<void> {
    const { reader, files } = await recognise(upload);
    if (files.reduce((length, { text }) => length + text.length, 0) <= READ_AT_ONCE) reader.read(files);
  }

  async function read(upload: string): Promise<Readonly<{ reader: HistoryFileReader; told: ExportedHistory }>> {
    const { reader, files } = await recognise(upload);
    try {
      return { reader, told: reader.read(files) };
    } catch (error) {
      await uploads.remove(upload);
      throw error;
    }
  }

  const ask = (upload: string, person: Person, apply: boolean): Promise<Readonly<{ id: JobId; coalesced: boolean }>> =>
    jobs.enqueue({
      name: JOB,
      lane: 'bulk',
      person: person.id,
      reference: `${JOB}:${upload}:${String(apply)}`,
      payload: { upload, personId: person.id, apply },
    });

  async function run(job: Job, context: JobContext): Promise<JsonObject> {
    const { upload, apply } = job.payload;
    const person = await deps.people.get(personId(Number(job.payload.personId)));
    const { reader, told } = await read(String(upload));
    const tally = emptyTally();
    const { claimsOn, findFilm, unasked } = deps.ask(reader === ownJson || reader === ownCsv);
    const takeAll = async (on: Database): Promise<void> => {
      const arrival = {
        ...deps,
        database: on,
        claims: claimsOn(on),
        findFilm,
        publish: apply === true ? deps.publish : async () => undefined,
      };
      for (let start = 0; start < told.records.length; start += PAGE) {
        context.signal.throwIfAborted();
        await takeRecords(arrival, person.id, told.records.slice(start, start + PAGE), tally);
        context.progress(Math.min(start + PAGE, told.records.length), told.records.length, person.name);
        await context.breathe();
      }
    };
    if (apply === true) await takeAll(database);
    else await database.rehearse(takeAll);
    if (apply === true) {
      await deps.tellServers(person.id);
      await uploads.remove(String(upload));
    }
    return reportOf({ reader, told, tally, unasked: unasked(), apply: apply === true, upload: String(upload) });
  }

  return {
    formats: readers.map(({ format, title }) => ({ format, title })),

    /** Keeps what was handed over and asks for a run that shows what it would bring. Throws `invalid` and `forbidden`. */
    async upload(files: readonly UploadedFile[], person: Person, actor: Actor) {
      requireRight(actor, 'write');
      requireActAs(actor, person.id);
      const upload = await uploads.keep(files);
      try {
        await check(upload);
      } catch (error) {
        await uploads.remove(upload);
        throw error;
      }
      return ask(upload, person, false);
    },

    /** Takes what such a run has shown. Throws `not-found` where there is none any more. */
    async apply(job: JobId, actor: Actor) {
      requireRight(actor, 'write');
      const shown = await jobs.get(job);
      if (shown.name !== JOB) throw new AppError('not-found', `The job ${job} has shown no history.`);
      const person = await deps.people.get(personId(Number(shown.payload.personId)));
      requireActAs(actor, person.id);
      await uploads.open(String(shown.payload.upload));
      return ask(String(shown.payload.upload), person, true);
    },

    /** The person's whole history in our own form, in parts of text. */
    export(person: Person, format: FileFormat, actor: Actor): AsyncGenerator<string, void, undefined> {
      requireActAs(actor, person.id);
      const records = gatherRecords({ database, clock, memosOf: deps.memos.of, playbacksOf: deps.playbacks.of }, person.id);
      return format === 'json' ? writeJson({ person: person.name, exportedAt: clock.now() }, records) : writeCsv(records);
    },

    /** Removes what was handed over a week ago and never taken; answers how many that were. */
    prune: uploads.prune,

    registerJobs: () => jobs.handle(JOB, run),
  };
}

type ReportParts = Readonly<{
  reader: HistoryFileReader;
  told: ExportedHistory;
  tally: Tally;
  unasked: number;
  apply: boolean;
  upload: string;
}>;

function reportOf({ reader, told, tally, unasked, apply, upload }: ReportParts): JsonObject {
  const { left, ...counts } = tally;
  const all: readonly LeftRecord[] = [...told.leftOut.map((one) => ({ title: '', ...one })), ...left];
  return {
    format: reader.format,
    service: reader.title,
    applied: apply,
    upload,
    ...counts,
    unasked,
    left_total: all.length,
    left: all.slice(0, MOST_TOLD).map((one) => ({ ...one })),
    unread: [...told.unread],
  };
}
