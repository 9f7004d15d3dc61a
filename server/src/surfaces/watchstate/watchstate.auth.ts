import type { FastifyContextConfig, FastifyRequest } from 'fastify';
import {
  type Access,
  type Actor,
  type Authenticated,
  type CredentialKind,
  type Right,
  requireActAs,
  requireRight,
} from '#core/access/index.ts';
import { MAIN_PERSON, type People, type Person } from '#core/people/index.ts';
import { AppError, invalid } from '#kernel/app-error.ts';
import type { Instant } from '#kernel/instant.ts';
import { isRecord } from '#kernel/json.ts';

/** Who calls, and as whom. */
export type Caller = Readonly<{
  actor: Actor;
  person: Person /** When the user token was issued, where one was sent. */;
  issuedAt: Instant | undefined;
}>;

/** What a route asks of its caller: by default `read` for GET and `write` for the rest, with any credential. */
export type Demand = Readonly<{
  right?: Right;
  credentials?: readonly CredentialKind[];
  /** False where `?user=` means something else than the identity. */
  identity?: boolean;
}>;

export const CALLER = 'watchstateCaller';
const DEMAND = 'watchstateDemand';

/** For the `config` of a route. */
export const demand = (wanted: Demand): FastifyContextConfig => ({ [DEMAND]: wanted }) as FastifyContextConfig;

/** Who sent this request. Only for routes that are not open: there is nobody behind those, and asking is a bug. */
export function callerOf(request: FastifyRequest): Caller {
  const caller = request.getDecorator<Caller | null>(CALLER);
  if (!caller) throw new Error(`${request.method} ${request.routeOptions.url ?? ''} is open and has no caller.`);
  return caller;
}

function demandOf(request: FastifyRequest): Required<Demand> {
  const config: object = request.routeOptions.config;
  const wanted = DEMAND in config ? (config[DEMAND] as Demand) : {};
  const reads = request.method === 'GET' || request.method === 'HEAD';
  return { right: reads ? 'read' : 'write', credentials: ['login', 'api-key', 'webhook'], identity: true, ...wanted };
}

type Offer = Readonly<{ credential: string; kinds: readonly CredentialKind[] }>;

const KEY_KINDS: readonly CredentialKind[] = ['api-key', 'webhook'];
const SCHEMES: Readonly<Record<string, readonly CredentialKind[]>> = { bearer: ['login', 'api-key', 'webhook'], token: ['login'] };

/** What was sent, in the page's order. A parameter that is sent twice counts as not sent: which of the two was meant? */
function offersOf(request: FastifyRequest): Offer[] {
  const header = (name: string): string | undefined => textOf(request.headers[name]);
  const [, scheme = '', credential] = /^\s*(\S+)\s+(\S+)\s*$/.exec(header('authorization') ?? '') ?? [];
  const offers: readonly Readonly<{ credential: string | undefined; kinds: readonly CredentialKind[] }>[] = [
    { credential: header('x-apikey'), kinds: KEY_KINDS },
    { credential: queryOf(request, 'apikey'), kinds: KEY_KINDS },
    { credential, kinds: SCHEMES[scheme.toLowerCase()] ?? [] },
    { credential: queryOf(request, 'ws_token'), kinds: ['login'] },
  ];
  return offers.flatMap((offer) => (offer.credential ? [{ ...offer, credential: offer.credential }] : []));
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value.trim() || undefined : undefined);
const queryOf = (request: FastifyRequest, name: string): string | undefined =>
  isRecord(request.query) ? textOf(request.query[name]) : undefined;

/** Whom the caller names. Two names would be a guess at whose history is meant, and the guess would be `main`. */
function identityOf(request: FastifyRequest): string | undefined {
  if (isRecord(request.query) && Array.isArray(request.query.user)) throw invalid('?user', 'must be given once');
  return textOf(request.headers['x-user']) ?? queryOf(request, 'user');
}

/** Throws where whoever sent the request may not, or may not any more. */
export type Authenticate = (request: FastifyRequest) => Promise<void>;

export type AuthenticatorDeps = Readonly<{ access: Access; people: People }>;

/**
 * Finds out who calls and as whom, and notes it on the request (`callerOf`).
 * Missing and wrong credentials are `unauthenticated`; a missing right, and acting as somebody else without it, is
 * `forbidden`; an identity that does not exist is `not-found`.
 */
export function createAuthenticator({ access, people }: AuthenticatorDeps): Authenticate {
  async function authenticated(request: FastifyRequest, credentials: readonly CredentialKind[]): Promise<Authenticated> {
    const offers = offersOf(request);
    for (const { credential, kinds } of offers) {
      const wanted = kinds.filter((kind) => credentials.includes(kind));
      const found = await access.authenticate({ credential, surface: 'watchstate', kinds: wanted });
      if (found) return found;
    }
    const needed =
      credentials.length === 1 && credentials[0] === 'login' ? 'a user token, as system/auth/login gives it' : 'an API key or a user token';
    throw new AppError(
      'unauthenticated',
      offers.length === 0 ? `This path needs ${needed}.` : `What was sent is not valid here: this path needs ${needed}.`,
    );
  }

  async function personFor(request: FastifyRequest, actor: Actor, named: boolean): Promise<Person> {
    const identity = named ? identityOf(request) : undefined;
    if (identity === undefined) return people.get(actor.personId ?? MAIN_PERSON);
    const person = await people.byName(identity);
    if (!person) throw new AppError('not-found', `There is no identity "${identity}".`);
    requireActAs(actor, person.id);
    return person;
  }

  return async (request) => {
    const { right, credentials, identity } = demandOf(request);
    const { actor, issuedAt } = await authenticated(request, credentials);
    requireRight(actor, right);
    const caller: Caller = { actor, person: await personFor(request, actor, identity), issuedAt };
    request.setDecorator(CALLER, caller);
  };
}
