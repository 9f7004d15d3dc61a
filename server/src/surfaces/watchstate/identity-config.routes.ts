import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Value } from 'typebox/value';
import { parseDocument } from 'yaml';
import { type Actor, requireActAs } from '#core/access/index.ts';
import type { Account, Connections } from '#core/connections/index.ts';
import type { People, Person } from '#core/people/index.ts';
import { AppError, type FieldFault, invalid } from '#kernel/app-error.ts';
import { isRecord } from '#kernel/json.ts';
import { StoredBackend } from './backend.shape.ts';
import { asInput, BackendBody, newAccount, replacement } from './backend-input.ts';
import { type BackendViewDeps, createBackendView } from './backend-view.ts';
import { callerOf, demand } from './watchstate.auth.ts';
import { Failure } from './watchstate.shape.ts';

export type IdentityConfigDeps = BackendViewDeps &
  Readonly<{
    people: Pick<People, 'byName'>;
    connections: Connections;
    /** Writes the history of a person to a portable file. */
    backupPerson(person: Person): Promise<void>;
    removeAccount(account: Account): Promise<void>;
  }>;

const tags = ['identities'];
const Params = Type.Object({ identity: Type.String({ pattern: '^[A-Za-z0-9_]{1,64}$' }) });
const Config = Type.Record(Type.String(), StoredBackend);
const Faulty = Type.Object({ ...Failure.properties, errors: Type.Optional(Type.Array(Type.String())) });
const MOST_BYTES = 1_048_576;

/** JSON is what says so; everything else is read as YAML, of which JSON is a part. */
function acceptDocuments(app: Pick<FastifyInstance, 'addContentTypeParser' | 'removeAllContentTypeParsers'>): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<string>('*', { parseAs: 'string', bodyLimit: MOST_BYTES }, (request, text, done) => {
    const isJson = request.headers['content-type']?.includes('json') === true;
    try {
      done(null, isJson ? (JSON.parse(text) as unknown) : yamlOf(text));
    } catch (cause) {
      done(cause instanceof AppError ? cause : invalid('body', 'is no JSON', cause));
    }
  });
}

function yamlOf(text: string): unknown {
  const document = parseDocument(text, { prettyErrors: true });
  const [fault] = document.errors;
  if (fault) throw invalid('body', `is no YAML: ${fault.message.split('\n', 1)[0]}`, fault);
  // Aliases that refer to each other a million times over are a known trick.
  return document.toJS({ maxAliasCount: 50 });
}

type Wanted = Readonly<{ name: string; body: BackendBody; current: Account | undefined }>;

/** The whole configuration of one identity; below /identities. */
export const identityConfigRoutes =
  (deps: IdentityConfigDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { people, connections, backupPerson, removeAccount } = deps;
    const view = createBackendView(deps);
    acceptDocuments(app);

    async function personOf(name: string, actor: Actor): Promise<Person> {
      const person = await people.byName(name);
      if (!person) throw new AppError('not-found', `There is no identity "${name}".`);
      requireActAs(actor, person.id);
      return person;
    }

    async function configOf(person: Person, actor: Actor, reveal: boolean): Promise<Record<string, StoredBackend>> {
      const accounts = await connections.list(person.id);
      const rows = await Promise.all(
        accounts.map(
          async (account) => [account.name, await (reveal ? view.revealed(account, actor) : view.stored(account, actor))] as const,
        ),
      );
      return Object.fromEntries(rows);
    }

    /** What cannot be taken of a backend, though its shape is right. */
    function refusalOf({ name, body, current }: Wanted, person: Person, actor: Actor): readonly FieldFault[] {
      try {
        if (current) view.mayChange(current, replacement(body, { name, type: current.server.type }), actor);
        else newAccount({ ...body, name }, person);
        return [];
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'invalid') throw error;
        return within(name, error);
      }
    }

    function read(given: unknown, accounts: readonly Account[], person: Person, actor: Actor): readonly Wanted[] {
      if (!isRecord(given)) throw invalid('body', 'must be an object: a backend under each name');
      const listed = Object.entries(given).map(([name, body]) => ({ name, body, current: accounts.find((one) => one.name === name) }));
      const shape = listed.flatMap(({ name, body, current }) => faultsOf(name, body, current));
      const wanted = listed as readonly Wanted[];
      const faults = shape.length > 0 ? shape : wanted.flatMap((one) => refusalOf(one, person, actor));
      if (faults.length > 0) throw new AppError('invalid', 'The configuration has faults; nothing of it was taken.', { faults });
      return wanted;
    }

    async function carryOut(person: Person, wanted: readonly Wanted[], gone: readonly Account[], actor: Actor): Promise<void> {
      const faults: FieldFault[] = [];
      for (const { name, body, current } of wanted) {
        const work = current
          ? connections.update(current.id, replacement(body, { name, type: current.server.type }), { verify: true })
          : connections.create({ ...newAccount({ ...body, name }, person) });
        await asInput(work)
          .then((account) => view.noted(account, actor, current ? 'account.changed' : 'account.added'))
          .catch((error: unknown) => {
            if (!(error instanceof AppError)) throw error;
            faults.push(...within(name, error));
          });
      }
      if (faults.length > 0) throw new AppError('invalid', 'Some backends were not taken, and none was removed.', { faults });
      for (const account of gone) {
        await removeAccount(account);
        await view.noted(account, actor, 'account.removed');
      }
    }

    app.get(
      '/:identity',
      {
        schema: {
          operationId: 'watchstate.getIdentity',
          tags,
          params: Params,
          querystring: Type.Object({ reveal: Type.Optional(Type.Boolean()) }),
          response: { 200: Config, '4xx': Failure },
        },
      },
      async (request, reply) => {
        const { actor } = callerOf(request);
        reply.header('cache-control', 'no-store');
        return configOf(await personOf(request.params.identity, actor), actor, request.query.reveal === true);
      },
    );

    app.put(
      '/:identity',
      {
        config: demand({ right: 'admin' }),
        schema: {
          operationId: 'watchstate.replaceIdentity',
          tags,
          params: Params,
          body: Type.Unknown(),
          response: { 200: Config, '4xx': Faulty },
        },
      },
      async (request, reply) => {
        const { actor } = callerOf(request);
        const person = await personOf(request.params.identity, actor);
        const accounts = await connections.list(person.id);
        try {
          const wanted = read(request.body, accounts, person, actor);
          const gone = accounts.filter((account) => !wanted.some(({ name }) => name === account.name));
          if (accounts.length > 0) await backupPerson(person);
          await carryOut(person, wanted, gone, actor);
        } catch (error) {
          if (!(error instanceof AppError) || error.code !== 'invalid') throw error;
          const errors = error.faults.map(({ field, message }) => `${field} ${message}`);
          return reply.code(400).send({ error: { code: 400, message: error.message, fields: [...error.faults] }, errors });
        }
        return configOf(person, actor, false);
      },
    );
  };

const within = (name: string, error: AppError): readonly FieldFault[] =>
  error.faults.length === 0
    ? [{ field: name, message: error.message }]
    : error.faults.map(({ field, message }) => ({ field: `${name}.${field}`, message }));

function faultsOf(name: string, given: unknown, current: Account | undefined): readonly FieldFault[] {
  if (!/^[a-z0-9_]{1,64}$/.test(name)) return [{ field: name, message: 'must be called by small letters, digits and underscores' }];
  if (!isRecord(given)) return [{ field: name, message: 'must be an object' }];
  const shape = [...Value.Errors(BackendBody, given)].map(({ instancePath, message }) => ({
    field: `${name}${instancePath.replaceAll('/', '.')}`,
    message,
  }));
  if (shape.length > 0) return shape;
  if (current !== undefined) return [];
  return (['type', 'url', 'token'] as const).flatMap((field) =>
    given[field] ? [] : [{ field: `${name}.${field}`, message: 'is missing' }],
  );
}
