import { type FastifyPluginAsyncTypebox, type Static, Type } from '@fastify/type-provider-typebox';
import type { Activity } from '#core/activity/index.ts';
import type { Settings, SettingView } from '#core/settings/index.ts';
import { AppError, invalid, isAppError } from '#kernel/app-error.ts';
import { ENV_KEYS, type EnvKey, type StartValue } from './env-keys.ts';
import { type Caller, callerOf, demand } from './watchstate.auth.ts';
import { Failure } from './watchstate.shape.ts';

export type EnvRoutesDeps = Readonly<{
  settings: Pick<Settings, 'list' | 'set' | 'reset'>;
  /** Called after a setting was changed, so that what depends on it follows. */
  settingsChanged(): Promise<void>;
  /** What the process was started with, as text; undefined where it was not told. No secret is among them. */
  startedWith: Readonly<Record<Exclude<StartValue, 'apiKey' | 'user' | 'password' | 'secret'>, string>>;
  activity: Pick<Activity, 'record'>;
}>;

const tags = ['env'];
const config = demand({ right: 'admin' });
const KeyParams = Type.Object({ key: Type.String({ minLength: 1, maxLength: 100 }) });
const Value = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]);
const EntryShape = Type.Object({
  key: Type.String(),
  description: Type.String(),
  type: Type.String(),
  mask: Type.Boolean(),
  danger: Type.Boolean(),
  value: Value,
  config_value: Value,
  config: Type.String(),
  choices: Type.Optional(Type.Array(Type.String())),
  read_only: Type.Boolean({ description: 'Ours: `why` says where it is chosen' }),
  why: Type.Optional(Type.String()),
});
type Entry = Static<typeof EntryShape>;

function typed({ type }: EnvKey, text: string): Entry['value'] {
  if (type === 'bool') return /^(1|true|on|yes)$/i.test(text);
  return type === 'string' ? text : Number(text);
}

/** As the original reads what it is given. Throws `invalid` (`value`). */
function checked({ type }: EnvKey, value: string | number | boolean): string {
  const text = String(value).trim();
  if (type === 'bool') {
    if (!/^(1|0|true|false|on|off|yes|no)$/i.test(text)) throw invalid('value', 'must be true or false');
    return /^(1|true|on|yes)$/i.test(text) ? 'true' : 'false';
  }
  if (type === 'int' && !/^-?\d{1,15}$/.test(text)) throw invalid('value', 'must be a whole number');
  if (type === 'float' && (text === '' || !Number.isFinite(Number(text)))) throw invalid('value', 'must be a number');
  return text;
}

/** A setting speaks of itself; the sender sent a `value`. */
const aboutValue = (cause: unknown): never => {
  const [fault] = isAppError(cause, 'invalid') ? cause.faults : [];
  throw fault ? invalid('value', fault.message, cause) : cause;
};

/** The original's environment, mapped onto settings and onto what the process was started with. */
export const envRoutes =
  ({ settings, settingsChanged, startedWith, activity }: EnvRoutesDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const stored = async (): Promise<ReadonlyMap<string, SettingView>> =>
      new Map((await settings.list('house')).map((view) => [view.key, view]));

    function textOf(entry: EnvKey, views: ReadonlyMap<string, SettingView>): string {
      const { source } = entry;
      if (source.kind === 'fixed') return source.value;
      if (source.kind === 'start') return source.of in startedWith ? startedWith[source.of as keyof typeof startedWith] : '';
      const value = views.get(source.key)?.value;
      return source.toText ? source.toText(value) : String(value);
    }

    const whyReadOnly = ({ source }: EnvKey): string | undefined => {
      if (source.kind === 'fixed') return source.why;
      return source.kind === 'start' ? `It is chosen at the start: set ${source.variable} and start again.` : undefined;
    };

    function shown(entry: EnvKey, views: ReadonlyMap<string, SettingView>): Entry {
      const value = typed(entry, textOf(entry, views));
      const why = whyReadOnly(entry);
      return {
        key: entry.key,
        description: entry.description,
        type: entry.type,
        mask: entry.mask ?? false,
        danger: entry.danger ?? false,
        value: entry.mask ? '***' : value,
        config_value: entry.mask ? '***' : value,
        config: entry.config ?? '',
        ...(entry.choices && { choices: [...entry.choices] }),
        read_only: why !== undefined,
        ...(why !== undefined && { why }),
      };
    }

    const isSet = ({ source }: EnvKey, views: ReadonlyMap<string, SettingView>): boolean =>
      source.kind === 'setting' && views.get(source.key)?.isSet === true;

    function find(key: string): EnvKey {
      const name = key.toUpperCase();
      if (!/^[A-Z][A-Z0-9_]*$/.test(name)) throw invalid('key', 'must be the name of a variable');
      const found = ENV_KEYS.find((entry) => entry.key === name);
      if (!found) throw invalid('key', `there is nothing here that ${name} would mean`);
      if (found.protected) throw new AppError('not-found', `${name} is not set, or not for this API.`);
      return found;
    }

    async function change(entry: EnvKey, value: string | undefined, { actor }: Caller): Promise<void> {
      const { source } = entry;
      if (source.kind !== 'setting') throw invalid('value', whyReadOnly(entry) ?? 'cannot be changed');
      if (value === undefined) await settings.reset(source.key, { actor });
      else await settings.set(source.key, source.fromText ? source.fromText(value) : typed(entry, value), { actor }).catch(aboutValue);
      await settingsChanged();
      const verb = value === undefined ? 'setting.reset' : 'setting.changed';
      await activity.record({ actor, verb, subject: source.key, detail: { by: entry.key } });
    }

    app.get(
      '/',
      {
        config,
        schema: {
          operationId: 'watchstate.listEnv',
          tags,
          querystring: Type.Object({ set: Type.Optional(Type.Boolean()) }),
          response: { 200: Type.Object({ data: Type.Array(EntryShape), file: Type.String() }), '4xx': Failure },
        },
      },
      async (request) => {
        const views = await stored();
        const listed = ENV_KEYS.filter((entry) => !entry.protected && (request.query.set !== true || isSet(entry, views)));
        return { data: listed.map((entry) => shown(entry, views)), file: 'the settings of the household' };
      },
    );

    app.get(
      '/:key',
      { config, schema: { operationId: 'watchstate.getEnv', tags, params: KeyParams, response: { 200: EntryShape, '4xx': Failure } } },
      async (request) => {
        const entry = find(request.params.key);
        const views = await stored();
        if (entry.source.kind === 'setting' && !isSet(entry, views)) throw new AppError('not-found', `${entry.key} is not set.`);
        return shown(entry, views);
      },
    );

    app.post(
      '/:key',
      {
        config,
        schema: {
          operationId: 'watchstate.setEnv',
          tags,
          params: KeyParams,
          body: Type.Object({ value: Type.Union([Type.String({ maxLength: 1_000 }), Type.Number(), Type.Boolean()]) }),
          response: { 200: EntryShape, '4xx': Failure },
        },
      },
      async (request) => {
        const entry = find(request.params.key);
        await change(entry, checked(entry, request.body.value), callerOf(request));
        return shown(entry, await stored());
      },
    );

    app.delete(
      '/:key',
      { config, schema: { operationId: 'watchstate.unsetEnv', tags, params: KeyParams, response: { 200: EntryShape, '4xx': Failure } } },
      async (request) => {
        const entry = find(request.params.key);
        await change(entry, undefined, callerOf(request));
        return shown(entry, await stored());
      },
    );
  };
