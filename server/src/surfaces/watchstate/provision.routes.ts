import { type FastifyPluginAsyncTypebox, type Static, Type } from '@fastify/type-provider-typebox';
import type { Activity } from '#core/activity/index.ts';
import type { Mapping, Provisioned, Provisioning } from '#features/provisioning/index.ts';
import { type Duration, minutes, toAtom } from '#kernel/instant.ts';
import { askUpstream } from './upstream-call.ts';
import { callerOf, demand } from './watchstate.auth.ts';
import { Failure, Info, info } from './watchstate.shape.ts';

export type ProvisionRoutesDeps = Readonly<{ provisioning: Provisioning; activity: Pick<Activity, 'record'> }>;

const tags = ['identities'];
const config = demand({ right: 'admin' });
const errors = { '4xx': Failure, '5xx': Failure };
/** The page's words, and figures that depend on what was asked. */
const Told = Type.Unsafe<Readonly<Record<string, unknown>>>({ type: 'object', additionalProperties: true });
/** Each user of each server may have to be asked for a token. */
const PATIENCE: Duration = minutes(5);

const Options = Type.Record(Type.String(), Type.Union([Type.String({ maxLength: 1_000 }), Type.Number(), Type.Boolean()]));
const MappedMember = Type.Object({
  backend: Type.String({ minLength: 1, maxLength: 64 }),
  username: Type.String({ minLength: 1, maxLength: 200 }),
  // PHP writes an empty object as an empty list.
  options: Type.Optional(Type.Union([Options, Type.Array(Type.Never(), { maxItems: 0 }), Type.Null()])),
});
const MappingBody = Type.Object({
  version: Type.Optional(Type.Union([Type.String(), Type.Number()])),
  identities: Type.Array(
    Type.Object({
      identity: Type.String({ minLength: 1, maxLength: 64 }),
      members: Type.Array(MappedMember, { minItems: 1, maxItems: 50 }),
    }),
    { minItems: 1, maxItems: 500 },
  ),
});
type MappingBody = Static<typeof MappingBody>;

const ProvisionBody = Type.Object({
  mode: Type.Union([Type.Literal('create'), Type.Literal('update'), Type.Literal('recreate')]),
  dry_run: Type.Optional(Type.Boolean()),
  generate_backup: Type.Optional(Type.Boolean()),
  regenerate_tokens: Type.Optional(Type.Boolean()),
  allow_single_backend_identities: Type.Optional(Type.Boolean()),
  save_mapping: Type.Optional(Type.Boolean()),
  mapping: Type.Optional(Type.Union([MappingBody, Type.Null()])),
});

const MemberShape = Type.Object({
  id: Type.String(),
  username: Type.String(),
  backend: Type.String(),
  real_name: Type.String(),
  type: Type.String(),
  protected: Type.Boolean(),
  options: Type.Record(Type.String(), Type.String()),
  reason: Type.Optional(Type.String({ description: 'Ours: why nobody else is this person' })),
});

const mappingOf = ({ version = '1.6', identities }: MappingBody): Mapping => ({
  version: String(version),
  identities: identities.map(({ identity, members }) => ({
    identity,
    members: members.map(({ backend, username, options }) => ({
      backend,
      username,
      options: Object.fromEntries(Object.entries(options ?? {}).map(([name, value]) => [name, String(value)])),
    })),
  })),
});

type MemberRow = Readonly<{
  id: string;
  username: string;
  backend: string;
  realName: string;
  type: string;
  protected: boolean;
  options: object;
  reason?: string;
}>;
const memberRow = ({ id, username, backend, realName, type, protected: isProtected, options, reason }: MemberRow) => ({
  id,
  username,
  backend,
  real_name: realName,
  type,
  protected: isProtected,
  // A PIN is for whoever typed it in.
  options: Object.fromEntries(Object.keys(options).map((name) => [name, '********'])),
  ...(reason !== undefined && { reason }),
});

const groupRow = ({ identity, members }: Provisioned['identities'][number]) => ({
  identity,
  backends: members.map(({ backend }) => backend),
  members: members.map(({ backend, username }) => ({ backend, username })),
});

const wishOf = (body: Static<typeof ProvisionBody>) => ({
  mode: body.mode,
  dryRun: body.dry_run ?? false,
  backup: body.generate_backup ?? false,
  newTokens: body.regenerate_tokens ?? false,
  single: body.allow_single_backend_identities ?? false,
  saveMapping: body.save_mapping ?? true,
  ...(body.mapping && { mapping: mappingOf(body.mapping) }),
});

const WORDS = { create: 'created', update: 'updated', recreate: 'recreated' } as const;

/** Who is who on the servers; below /identities/provision. */
export const provisionRoutes =
  ({ provisioning, activity }: ProvisionRoutesDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/',
      {
        config,
        schema: {
          operationId: 'watchstate.previewProvision',
          tags,
          querystring: Type.Object({
            force: Type.Optional(Type.Boolean()),
            allow_single_backend_identities: Type.Optional(Type.Boolean()),
          }),
          response: {
            200: Type.Object({
              has_identities: Type.Boolean(),
              has_mapping: Type.Boolean(),
              backends: Type.Array(Type.String()),
              matched: Type.Array(Type.Object({ identity: Type.String(), members: Type.Array(MemberShape) })),
              unmatched: Type.Array(MemberShape),
              expires: Type.String(),
            }),
            ...errors,
          },
        },
      },
      async (request) => {
        const { force: anew = false, allow_single_backend_identities: single = false } = request.query;
        const preview = await askUpstream((call) => provisioning.preview({ ...call, anew, single }), PATIENCE);
        return {
          has_identities: preview.hasIdentities,
          has_mapping: preview.hasMapping,
          backends: [...preview.backends],
          matched: preview.matched.map(({ identity, members }) => ({ identity, members: members.map(memberRow) })),
          unmatched: preview.unmatched.map(memberRow),
          expires: toAtom(preview.expiresAt),
        };
      },
    );

    app.put(
      '/mapping',
      {
        config,
        schema: {
          operationId: 'watchstate.saveMapping',
          tags,
          body: MappingBody,
          response: { 200: Type.Object({ ...Info.properties, version: Type.String(), identities: Type.Array(Type.Unknown()) }), ...errors },
        },
      },
      async (request) => {
        const { actor } = callerOf(request);
        const saved = await provisioning.saveMapping(mappingOf(request.body), actor);
        await activity.record({ actor, verb: 'people.mapped', subject: `${saved.identities.length} identities` });
        return { ...info(200, 'Identity mapping successfully updated.'), version: saved.version, identities: [...saved.identities] };
      },
    );

    app.post(
      '/',
      {
        config,
        schema: {
          operationId: 'watchstate.provision',
          tags,
          body: ProvisionBody,
          response: { '2xx': Told, ...errors },
        },
      },
      async (request, reply) => {
        const { body } = request;
        const { actor } = callerOf(request);
        const wish = wishOf(body);
        const { dryRun } = wish;
        const done = await askUpstream((call) => provisioning.provision(wish, actor, call), PATIENCE);
        if (!dryRun)
          await activity.record({
            actor,
            verb: 'people.provisioned',
            subject: `${done.identities.length} identities`,
            detail: { mode: body.mode },
          });
        const code = dryRun || body.mode === 'update' ? 200 : 201;
        return reply.code(code).send({
          ...info(code, dryRun ? 'Dry run: nothing was changed.' : `Identities ${WORDS[body.mode]} successfully.`),
          mode: body.mode,
          dry_run: dryRun,
          save_mapping: wish.saveMapping,
          allow_single_backend_identities: wish.single,
          count: done.identities.length,
          identities: done.identities.map(groupRow),
          failed: [...done.failed],
        });
      },
    );

    app.post(
      '/sync-backends',
      {
        config,
        schema: {
          operationId: 'watchstate.syncLinkedBackends',
          tags,
          body: Type.Optional(Type.Union([Type.Object({ dry_run: Type.Optional(Type.Boolean()) }), Type.Null()])),
          response: { 200: Told, ...errors },
        },
      },
      async (request) => {
        const dryRun = request.body?.dry_run ?? false;
        const { updated, skipped, failed } = await provisioning.syncLinked(dryRun);
        const { actor } = callerOf(request);
        if (!dryRun && updated.length > 0) await activity.record({ actor, verb: 'people.synced', subject: `${updated.length} backends` });
        const words = dryRun ? 'would be synced.' : 'successfully.';
        return {
          ...info(200, dryRun ? `${updated.length} identity backend(s) ${words}` : `Synced ${updated.length} identity backend(s) ${words}`),
          dry_run: dryRun,
          updated_count: updated.length,
          skipped_count: skipped.length,
          failed_count: failed.length,
          updated: updated.map(({ source, ...about }) => ({ ...about, source_backend: source })),
          skipped: [...skipped],
          failed: [...failed],
        };
      },
    );
  };
