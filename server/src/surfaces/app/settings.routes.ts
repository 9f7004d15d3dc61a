import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { requireRight } from '#core/access/index.ts';
import type { Connections } from '#core/connections/index.ts';
import type { Settings, SettingView, SettingSubject as Subject } from '#core/settings/index.ts';
import { accountId, type PersonId } from '#kernel/ids.ts';
import { toIso } from '#kernel/instant.ts';
import type { Note } from './activity-note.ts';
import { callerOf, type PersonChoice } from './app.auth.ts';
import {
  Nothing,
  Paged,
  PageQuery,
  Problem,
  SettingChange,
  Setting as SettingShown,
  SettingSubject,
  SettingValue,
  TextParams,
} from './contract.ts';
import { offsetOf, paged } from './paging.ts';

export type SettingRoutesDeps = Readonly<{
  settings: Settings;
  connections: Pick<Connections, 'byId'>;
  /** Called after a change, so that what depends on it follows. */
  settingsChanged(): Promise<void>;
}>;

const tags = ['settings'];
const SubjectQuery = Type.Object(SettingSubject);

const settingShape = (view: SettingView) => ({
  key: view.key,
  value: view.value ?? null,
  is_set: view.isSet,
  default: view.default,
  source: view.source,
  pinned_at: view.pinnedAt ?? null,
  read_only: view.readOnly,
  broken: view.broken,
  scope: view.scope,
  secret: view.secret,
  needs_restart: view.needsRestart,
  description: view.description,
  schema: view.schema,
});

export const settingRoutes =
  ({
    settings,
    settingsChanged,
    connections,
    choice,
    note,
  }: SettingRoutesDeps & Readonly<{ choice: PersonChoice; note: Note }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    type Asked = FastifyRequest<{ Querystring: { person?: string; account?: number } }>;

    /** Whose settings are meant. Those of the house need the right to run it, those of somebody else to act as them. */
    async function subjectOf(
      request: Asked,
    ): Promise<Readonly<{ scope: 'house' | 'person' | 'account'; subject?: Subject; person?: PersonId }>> {
      const actor = callerOf(request);
      const { person: name, account: id } = request.query;
      if (id !== undefined) {
        const account = await connections.byId(accountId(id));
        choice.mine(actor, account.personId);
        return { scope: 'account', subject: account.id, person: account.personId };
      }
      if (name !== undefined) {
        const person = await choice.one(actor, name);
        return { scope: 'person', subject: person.id, person: person.id };
      }
      requireRight(actor, 'admin');
      return { scope: 'house' };
    }
    const byOf = ({ scope, subject }: { scope: 'house' | 'person' | 'account'; subject?: Subject }) => ({
      scope,
      ...(subject !== undefined && { subject }),
    });

    app.get(
      '/settings',
      {
        schema: {
          operationId: 'app.listSettings',
          summary: 'Settings of the house, of a person (?person=) or of an account (?account=)',
          tags,
          querystring: SubjectQuery,
          response: { 200: Type.Array(SettingShown), '4xx': Problem },
        },
      },
      async (request) => {
        const { scope, subject } = await subjectOf(request);
        return (await settings.list(scope, subject)).map(settingShape);
      },
    );

    app.put(
      '/settings/:id',
      {
        schema: {
          operationId: 'app.setSetting',
          summary: 'Set a setting',
          tags,
          params: TextParams,
          querystring: SubjectQuery,
          body: SettingValue,
          response: { 204: Nothing, '4xx': Problem },
        },
      },
      async (request, reply) => {
        const whose = await subjectOf(request);
        const actor = callerOf(request);
        await settings.set(request.params.id, request.body.value, { actor, ...byOf(whose) });
        await settingsChanged();
        await note(actor, { verb: 'setting.changed', subject: request.params.id, person: whose.person });
        return reply.code(204).send(null);
      },
    );

    app.delete(
      '/settings/:id',
      {
        schema: {
          operationId: 'app.resetSetting',
          summary: 'Back to the default',
          tags,
          params: TextParams,
          querystring: SubjectQuery,
          response: { 204: Nothing, '4xx': Problem },
        },
      },
      async (request, reply) => {
        const whose = await subjectOf(request);
        const actor = callerOf(request);
        await settings.reset(request.params.id, { actor, ...byOf(whose) });
        await settingsChanged();
        await note(actor, { verb: 'setting.reset', subject: request.params.id, person: whose.person });
        return reply.code(204).send(null);
      },
    );

    app.get(
      '/settings/:id/history',
      {
        schema: {
          operationId: 'app.getSettingHistory',
          summary: 'Who set it to what, newest first',
          tags,
          params: TextParams,
          querystring: Type.Object({ ...SettingSubject, ...PageQuery }),
          response: { 200: Paged(SettingChange), '4xx': Problem },
        },
      },
      async (request) => {
        const whose = byOf(await subjectOf(request));
        const { changes, total } = await settings.history(request.params.id, offsetOf(request.query), whose);
        const shown = changes.map(({ at, actor, value, reset }) => ({ at: toIso(at), by: actor.name, value: value ?? null, reset }));
        return paged(shown, total, request.query);
      },
    );
  };
