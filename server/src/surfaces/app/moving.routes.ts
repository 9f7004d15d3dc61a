import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { Static } from 'typebox';
import { mayActAsAnyone } from '#core/access/index.ts';
import type { MovingIn } from '#features/moving-in/index.ts';
import type { BackupFolder } from '#features/upkeep/index.ts';
import { jobId, personId } from '#kernel/ids.ts';
import { toIso } from '#kernel/instant.ts';
import type { JobQueue } from '#platform/jobs/index.ts';
import type { Note } from './activity-note.ts';
import { callerOf, demand, type PersonChoice } from './app.auth.ts';
import { Backup, JobQueued, MoveWish, MovingReport, Problem, RestoreWish, TextParams } from './contract.ts';

export type MovingRoutesDeps = Readonly<{
  movingIn: Pick<MovingIn, 'move' | 'restore' | 'report'>;
  upkeep: Readonly<{ backups: Pick<BackupFolder, 'list'> }>;
  jobs: Pick<JobQueue, 'get'>;
}>;

const tags = ['moving'];

/** Moving in from another program, and a history that comes back from a backup. */
export const movingRoutes =
  ({
    movingIn,
    upkeep,
    jobs,
    choice,
    note,
  }: MovingRoutesDeps & Readonly<{ choice: PersonChoice; note: Note }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.post(
      '/moving-in',
      {
        config: demand('admin'),
        schema: {
          operationId: 'app.moveIn',
          summary: 'Show what would be taken from the data folder of another program, or take it',
          tags,
          body: MoveWish,
          response: { 202: JobQueued, '4xx': Problem },
        },
      },
      async (request, reply) => {
        const actor = callerOf(request);
        const { program, folder, apply = false } = request.body;
        const { id, coalesced } = await movingIn.move({ program, folder, apply }, actor);
        await note(actor, { verb: 'moving-in.asked-for', subject: folder, detail: { program, apply, jobId: id } });
        return reply.code(202).send({ job_id: id, coalesced });
      },
    );

    app.post(
      '/restore',
      {
        schema: {
          operationId: 'app.restoreBackup',
          summary: 'Show what a portable backup would bring back into a history, or bring it back',
          tags,
          body: RestoreWish,
          response: { 202: JobQueued, '4xx': Problem },
        },
      },
      async (request, reply) => {
        const actor = callerOf(request);
        const { file, apply = false } = request.body;
        const person = await choice.one(actor, request.body.person);
        const { id, coalesced } = await movingIn.restore({ file, person, apply }, actor);
        await note(actor, { verb: 'restore.asked-for', subject: file, detail: { apply, jobId: id }, person: person.id });
        return reply.code(202).send({ job_id: id, coalesced });
      },
    );

    app.get(
      '/moving-in/:id/report',
      {
        schema: {
          operationId: 'app.getMovingReport',
          summary: 'What a run took, and everything that it did not take',
          tags,
          params: TextParams,
          response: { 200: MovingReport, '4xx': Problem },
        },
      },
      async (request) => {
        const job = await jobs.get(jobId(request.params.id));
        choice.mine(callerOf(request), job.person === undefined ? undefined : personId(job.person));
        return (await movingIn.report(job.id)) as unknown as Static<typeof MovingReport>;
      },
    );

    app.get(
      '/backups',
      {
        schema: {
          operationId: 'app.listBackups',
          summary: 'Portable backups, newest first',
          tags,
          response: { 200: Type.Array(Backup), '4xx': Problem },
        },
      },
      async (request) => {
        const actor = callerOf(request);
        const own = mayActAsAnyone(actor) ? undefined : (await choice.one(actor, undefined)).name;
        return (await upkeep.backups.list(own)).map(({ name, automatic, size, at }) => ({ name, automatic, size, at: toIso(at) }));
      },
    );
  };
