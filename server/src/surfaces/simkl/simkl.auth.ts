import type { FastifyContextConfig, FastifyRequest } from 'fastify';
import type { Actor } from '#core/access/index.ts';
import { type AppGrants, type AppScope, type Dialect, type Generation, looksLikeV2 } from '#features/app-grants/index.ts';
import type { PersonId } from '#kernel/ids.ts';
import { isRecord } from '#kernel/json.ts';
import { refusal } from './simkl.errors.ts';

/** An app, as its routes see it. */
export type SimklApp = Readonly<{ clientId: string; name: string; dialect: Dialect }>;

/** Who calls: an app, for the person who let it in. */
export type SimklCaller = Readonly<{
  personId: PersonId;
  app: SimklApp;
  generation: Generation;
  scopes: readonly AppScope[];
  actor: Actor;
}>;

const CALLER = 'simklCaller';
const APP = 'simklApp';
const ANY_APP = 'simklAnyApp';

/** What the plugin decorates its requests with before it is guarded. */
export const callerDecorations: readonly string[] = [CALLER, APP];

/** For the `config` of a route that belongs to nobody, such as a title's page: an app that is known here needs no person for it. */
export const anyKnownApp = { [ANY_APP]: true } as FastifyContextConfig;

/** The app that calls, whether or not for somebody. */
export function appOf(request: FastifyRequest): SimklApp {
  const app = request.getDecorator<SimklApp | null>(APP);
  if (!app) throw new Error(`${request.method} ${request.routeOptions.url ?? ''} is open and has no caller.`);
  return app;
}

/** For whom the app calls; undefined where the route takes apps without a person (`anyKnownApp`) and none was named. */
export const callerIfAny = (request: FastifyRequest): SimklCaller | undefined =>
  request.getDecorator<SimklCaller | null>(CALLER) ?? undefined;

/** Who calls and for whom. Only for routes that are neither open nor for any app: there is nobody behind those, and asking is a bug. */
export function callerOf(request: FastifyRequest): SimklCaller {
  const caller = callerIfAny(request);
  if (!caller) throw new Error(`${request.method} ${request.routeOptions.url ?? ''} has no person behind it.`);
  return caller;
}

/** As `callerOf`, for what changes something. Throws `insufficient_scope`. */
export function requireWrite(request: FastifyRequest): SimklCaller {
  const caller = callerOf(request);
  if (caller.scopes.includes('media:write')) return caller;
  throw refusal('insufficient_scope', `${caller.app.name} was let in to read, not to change anything.`);
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined);

/** The app's name for itself: in the address, in a header, or the same in both. */
function clientIdOf({ headers, query }: FastifyRequest): string {
  const inQuery = textOf(isRecord(query) ? query.client_id : undefined);
  const inHeader = textOf(headers['simkl-api-key']);
  const clientId = inQuery ?? inHeader;
  if (clientId === undefined) throw refusal('client_id_failed', 'Send your client_id in the address, or in the header simkl-api-key.');
  if (inHeader !== undefined && inHeader !== clientId) throw refusal('client_id_failed', 'The address and the header name different apps.');
  return clientId;
}

const bearerOf = ({ headers }: FastifyRequest): string | undefined => {
  const [, token] = /^\s*bearer\s+(\S+)\s*$/i.exec(headers.authorization ?? '') ?? [];
  return token;
};

export type SimklAuthDeps = Readonly<{ appGrants: Pick<AppGrants, 'apps' | 'grants'> }>;

/**
 * Finds out which app calls and for whom, and notes it on the request (`callerOf`). No client_id, another app's, or one that is blocked is
 * `client_id_failed`, before anything is said of the token; then a missing or worthless token is a 401.
 */
export function createAuthenticator({ appGrants: { apps, grants } }: SimklAuthDeps): (request: FastifyRequest) => Promise<void> {
  async function withoutGrant(request: FastifyRequest, clientId: string, token: string | undefined): Promise<void> {
    const app = await apps.known(clientId);
    if (app?.blockedAt !== undefined) throw refusal('client_id_failed', 'This app is blocked here.');
    if (token !== undefined) {
      const word = looksLikeV2(token) ? 'invalid_token' : 'user_token_failed';
      throw refusal(word, 'This token is not valid here. It may have ended, or have been revoked: let the app in again.');
    }
    const config: object = request.routeOptions.config;
    if (!(ANY_APP in config)) {
      throw refusal(app?.generation === 2 ? 'user_token_required' : 'user_token_failed', 'Send the token as Authorization: Bearer.');
    }
    if (!app) throw refusal('client_id_failed', 'Nobody here has let this app in.');
    request.setDecorator(APP, { clientId: app.clientId, name: app.name, dialect: app.dialect } satisfies SimklApp);
  }

  return async (request) => {
    const clientId = clientIdOf(request);
    const token = bearerOf(request);
    const holder = token === undefined ? undefined : await grants.authenticate(token);
    if (!holder) return withoutGrant(request, clientId, token);
    if (holder.app.clientId !== clientId) throw refusal('client_id_failed', 'This token belongs to another app.');
    request.setDecorator(APP, holder.app satisfies SimklApp);
    request.setDecorator(CALLER, holder satisfies SimklCaller);
  };
}
