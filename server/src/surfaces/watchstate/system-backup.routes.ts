import { createReadStream } from 'node:fs';
import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import { mayActAsAnyone } from '#core/access/index.ts';
import type { Activity } from '#core/activity/index.ts';
import type { BackupFolder } from '#features/upkeep/index.ts';
import { toAtom } from '#kernel/instant.ts';
import { type Caller, callerOf } from './watchstate.auth.ts';
import { Empty, Failure } from './watchstate.shape.ts';

export type SystemBackupDeps = Readonly<{
  backups: Pick<BackupFolder, 'list' | 'get' | 'remove'>;
  activity: Pick<Activity, 'record'>;
}>;

const tags = ['system'];
const Filename = Type.Object({ filename: Type.String({ minLength: 1, maxLength: 255 }) });
const BackupRow = Type.Object({ filename: Type.String(), type: Type.String(), size: Type.Integer(), date: Type.String() });

/** The file itself: no shape, and no serialiser. */
const Contents = Type.Unsafe<NodeJS.ReadableStream>(Type.Any({ description: 'The file' }));

/** Those who act for everybody see all backups; anyone else only those of the person that they act as. */
const whose = ({ actor, person }: Caller): string | undefined => (mayActAsAnyone(actor) ? undefined : person.name);

/** The folder of portable backups, below /system/backup. */
export const systemBackupRoutes =
  ({ backups, activity }: SystemBackupDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/',
      { schema: { operationId: 'watchstate.listBackups', tags, response: { 200: Type.Array(BackupRow), '4xx': Failure } } },
      async (request) =>
        (await backups.list(whose(callerOf(request)))).map(({ name, automatic, size, at }) => ({
          filename: name,
          type: automatic ? 'automatic' : 'manual',
          size,
          date: toAtom(at),
        })),
    );

    app.get(
      '/:filename',
      { schema: { operationId: 'watchstate.getBackup', tags, params: Filename, response: { 200: Contents, '4xx': Failure } } },
      async (request, reply) => {
        const { name, file, size } = await backups.get(request.params.filename, whose(callerOf(request)));
        return reply
          .type(name.endsWith('.zip') ? 'application/zip' : 'application/json')
          .header('content-length', size)
          .header('content-disposition', `attachment; filename="${name}"`)
          .send(createReadStream(file));
      },
    );

    app.delete(
      '/:filename',
      { schema: { operationId: 'watchstate.removeBackup', tags, params: Filename, response: { 200: Empty, '4xx': Failure } } },
      async (request, reply) => {
        const caller = callerOf(request);
        const { name } = await backups.remove(request.params.filename, whose(caller));
        const { kind, id, name: who } = caller.actor;
        await activity.record({ actor: { kind, id, name: who }, verb: 'backup.removed', subject: name });
        return reply.code(200).send();
      },
    );
  };
