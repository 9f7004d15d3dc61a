import { type FastifyPluginAsyncTypebox, type Static, Type } from '@fastify/type-provider-typebox';
import { type Account, type AccountOption, accountOption, type Connections, type OptionValue } from '#core/connections/index.ts';
import { AppError, invalid } from '#kernel/app-error.ts';
import { MASK } from './backend.shape.ts';
import { optionPatch } from './backend-input.ts';
import { type BackendViewDeps, createBackendView } from './backend-view.ts';
import { acceptForms } from './form-body.ts';
import { callerOf } from './watchstate.auth.ts';
import { Failure } from './watchstate.shape.ts';

export type BackendOptionDeps = BackendViewDeps & Readonly<{ connections: Connections }>;

const Value = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]);
const OptionRow = Type.Object({
  key: Type.String(),
  value: Value,
  /** As it is stored, as a text. */
  real_val: Type.Union([Type.String(), Type.Null()]),
  type: Type.String(),
  description: Type.String(),
});
const OptionParams = Type.Object({ name: Type.String({ minLength: 1 }), option: Type.Optional(Type.String()) });
const OptionQuery = Type.Object({ key: Type.Optional(Type.String()) });
const OptionBody = Type.Object({ key: Type.Optional(Type.String()), value: Type.Optional(Type.Unknown()) });
const PREFIX = 'options.';
const tags = ['backend'];
const answers = { 200: OptionRow, '4xx': Failure };

function optionNamed(key: string | undefined): AccountOption {
  if (!key) throw invalid('key', 'is missing');
  if (!key.startsWith(PREFIX)) throw invalid('key', 'must start with "options."');
  const option = accountOption(key.slice(PREFIX.length));
  if (!option) throw invalid('key', 'is not known here: GET backends/spec lists all keys');
  return option;
}

const shown = ({ key, type, description }: AccountOption, value: OptionValue | null): Static<typeof OptionRow> => ({
  key: `${PREFIX}${key}`,
  value,
  real_val: value === null ? null : String(value),
  type,
  description,
});

/** Single options of a backend, at /backend/{name}/option. */
export const backendOptionRoutes =
  (deps: BackendOptionDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { connections } = deps;
    const view = createBackendView(deps);
    acceptForms(app);

    async function stored(account: Account, option: AccountOption): Promise<OptionValue | undefined> {
      if (option.secret !== true) return account.options[option.key];
      return Object.hasOwn(await connections.secretOptionsOf(account), option.key) ? MASK : undefined;
    }

    async function present(account: Account, option: AccountOption): Promise<OptionValue> {
      const value = await stored(account, option);
      if (value === undefined) throw new AppError('not-found', `"${account.name}" has no option ${PREFIX}${option.key}.`);
      return value;
    }

    const set = (account: Account, key: string, value: unknown): Promise<Account> =>
      connections.update(account.id, { options: optionPatch(key, value) }, { verify: false });

    for (const [url, suffix] of [
      ['/', ''],
      ['/:option', 'Named'],
    ] as const) {
      const schema = { tags, params: OptionParams, response: answers };

      app.get(
        url,
        { schema: { ...schema, operationId: `watchstate.get${suffix}BackendOption`, querystring: OptionQuery } },
        async (request) => {
          const account = await connections.get(callerOf(request).person.id, request.params.name);
          const option = optionNamed(request.params.option ?? request.query.key);
          return shown(option, await present(account, option));
        },
      );

      for (const method of ['POST', 'PATCH'] as const) {
        app.route({
          method,
          url,
          schema: { ...schema, operationId: `watchstate.${method.toLowerCase()}${suffix}BackendOption`, body: OptionBody },
          handler: async (request) => {
            const { person, actor } = callerOf(request);
            const current = await connections.get(person.id, request.params.name);
            const option = optionNamed(request.params.option ?? request.body.key);
            const { value } = request.body;
            if (value === undefined || value === null) throw invalid('value', 'is missing');
            const account = await set(current, option.key, value);
            await view.noted(account, actor, 'account.changed');
            return shown(option, (await stored(account, option)) ?? null);
          },
        });
      }

      app.delete(
        url,
        {
          schema: {
            ...schema,
            operationId: `watchstate.delete${suffix}BackendOption`,
            querystring: OptionQuery,
            body: Type.Optional(Type.Unknown()),
          },
        },
        async (request) => {
          const { person, actor } = callerOf(request);
          const current = await connections.get(person.id, request.params.name);
          const option = optionNamed(request.params.option ?? keyIn(request.body) ?? request.query.key);
          await present(current, option);
          const account = await set(current, option.key, null);
          await view.noted(account, actor, 'account.changed');
          return shown(option, null);
        },
      );
    }
  };

const keyIn = (body: unknown): string | undefined =>
  typeof body === 'object' && body !== null && 'key' in body && typeof body.key === 'string' ? body.key : undefined;
