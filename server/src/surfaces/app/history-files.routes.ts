import { Readable } from 'node:stream';
import multipart from '@fastify/multipart';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import { Type } from 'typebox';
import { type HistoryFiles, MAX_TEXT_BYTES, type UploadedFile } from '#features/history-files/index.ts';
import { AppError, invalid, isAppError, messageOf } from '#kernel/app-error.ts';
import { jobId, personId } from '#kernel/ids.ts';
import type { JobQueue } from '#platform/jobs/index.ts';
import type { Note } from './activity-note.ts';
import { callerOf, demand, type PersonChoice } from './app.auth.ts';
import { JobQueued, Problem, TextParams } from './contract.ts';
import { PersonQuery } from './contract-words.ts';
import { HistoryExportQuery, HistoryFormats, HistoryReport } from './history-files.shape.ts';

export type HistoryFileRoutesDeps = Readonly<{
  historyFiles: Pick<HistoryFiles, 'formats' | 'upload' | 'apply' | 'export'>;
  jobs: Pick<JobQueue, 'get'>;
}>;

const tags = ['history files'];
const MOST_FILES = 50;
const TYPES = { json: 'application/json; charset=utf-8', csv: 'text/csv; charset=utf-8' } as const;

/** A person's history as files: exports of other services in, our own out. */
export const historyFileRoutes =
  ({
    historyFiles,
    jobs,
    choice,
    note,
  }: HistoryFileRoutesDeps & Readonly<{ choice: PersonChoice; note: Note }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    await app.register(multipart, { throwFileSizeLimit: true, limits: { files: MOST_FILES, fields: 20, fileSize: MAX_TEXT_BYTES } });

    app.get(
      '/history-files/formats',
      {
        schema: {
          operationId: 'app.listHistoryFormats',
          summary: 'Which exports can be read',
          tags,
          response: { 200: HistoryFormats, '4xx': Problem },
        },
      },
      async () => historyFiles.formats.map((one) => ({ ...one })),
    );

    app.get(
      '/history-files/export',
      {
        schema: {
          operationId: 'app.exportHistory',
          summary: 'The whole history of a person, in our own form',
          tags,
          querystring: HistoryExportQuery,
          produces: ['application/json', 'text/csv'],
          response: { 200: Type.Unknown({ description: 'The file' }), '4xx': Problem },
        },
      },
      async (request, reply) => {
        const actor = callerOf(request);
        const { format } = request.query;
        const person = await choice.one(actor, request.query.person);
        const text = historyFiles.export(person, format, actor);
        await note(actor, { verb: 'history.exported', subject: person.name, detail: { format }, person: person.id });
        reply.header('content-disposition', `attachment; filename="usherr-history-${person.name}.${format}"`);
        return reply.type(TYPES[format]).send(Readable.from(text, { objectMode: false }));
      },
    );

    app.post(
      '/history-files',
      {
        config: demand('write'),
        schema: {
          operationId: 'app.uploadHistory',
          summary: 'Hand over an export (a form with its files, packed or not) and see what it would bring',
          tags,
          consumes: ['multipart/form-data'],
          querystring: Type.Object(PersonQuery),
          response: { 202: JobQueued, '4xx': Problem },
        },
      },
      async (request, reply) => {
        const actor = callerOf(request);
        const person = await choice.one(actor, request.query.person);
        const { id, coalesced } = await historyFiles.upload(await filesOf(request), person, actor);
        return reply.code(202).send({ job_id: id, coalesced });
      },
    );

    app.post(
      '/history-files/:id/apply',
      {
        config: demand('write'),
        schema: {
          operationId: 'app.applyHistory',
          summary: 'Take what a run has shown',
          tags,
          params: TextParams,
          response: { 202: JobQueued, '4xx': Problem },
        },
      },
      async (request, reply) => {
        const actor = callerOf(request);
        const { id, coalesced } = await historyFiles.apply(jobId(request.params.id), actor);
        await note(actor, { verb: 'history.import-asked-for', subject: request.params.id, detail: { jobId: id } });
        return reply.code(202).send({ job_id: id, coalesced });
      },
    );

    app.get(
      '/history-files/:id/report',
      {
        schema: {
          operationId: 'app.getHistoryReport',
          summary: 'What such a run would bring or has brought, and what it left',
          tags,
          params: TextParams,
          response: { 200: HistoryReport, '4xx': Problem },
        },
      },
      async (request) => {
        const job = await jobs.get(jobId(request.params.id));
        choice.mine(callerOf(request), job.person === undefined ? undefined : personId(job.person));
        if (job.name !== 'history:import' || job.status !== 'completed')
          throw new AppError('not-found', `The run ${job.id} has left no report: it has not ended, or it failed.`);
        return job.result as unknown as Static<typeof HistoryReport>;
      },
    );
  };

async function filesOf(request: FastifyRequest): Promise<readonly UploadedFile[]> {
  if (!request.isMultipart()) throw invalid('file', 'is missing: send a form (multipart/form-data) with the files of the export');
  // Whatever the parser throws is about the form: it is cut short, has no boundary, or a file of it is too large.
  return readForm(request).catch((cause: unknown) => {
    throw isAppError(cause) ? cause : invalid('file', `is in a form that cannot be read: ${messageOf(cause)}`, cause);
  });
}

async function readForm(request: FastifyRequest): Promise<readonly UploadedFile[]> {
  const files: UploadedFile[] = [];
  let room = MAX_TEXT_BYTES;
  for await (const part of request.files()) {
    const bytes = await part.toBuffer();
    room -= bytes.length;
    if (room < 0) throw invalid('file', `all files together are larger than ${MAX_TEXT_BYTES / 1_024 / 1_024} MB`);
    files.push({ name: part.filename, bytes });
  }
  return files;
}
