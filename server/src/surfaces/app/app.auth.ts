import type { FastifyContextConfig, FastifyRequest } from 'fastify';
import {
  type Access,
  type Actor,
  type Authenticated,
  type CredentialKind,
  mayActAs,
  mayActAsAnyone,
  type Right,
  requireActAs,
  requireActAsAnyone,
  requireRight,
} from '#core/access/index.ts';
import { MAIN_PERSON, type People, type Person } from '#core/people/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { type PersonId, personId } from '#kernel/ids.ts';
import { browserToken } from './browser-session.ts';

const CALLER = 'appCaller';
const DEMAND = 'appDemand';

/** What a route asks of its caller where it is not `read` for GET and `write` for the rest. For the `config` of a route. */
export const demand = (right: Right): FastifyContextConfig => ({ [DEMAND]: right }) as FastifyContextConfig;

/** Who sent this request. Only for routes that are not open: there is nobody behind those, and asking is a bug. */
export function callerOf(request: FastifyRequest): Actor {
  const caller = request.getDecorator<Actor | null>(CALLER);
  if (!caller) throw new Error(`${request.method} ${request.routeOptions.url ?? ''} is open and has no caller.`);
  return caller;
}

type Offer = Readonly<{ credential: string; kinds: readonly CredentialKind[] }>;

const SCHEMES: Readonly<Record<string, readonly CredentialKind[]>> = { bearer: ['login', 'api-key'], token: ['login'] };

function offersOf(request: FastifyRequest): Offer[] {
  const { headers } = request;
  const text = (name: string): string => {
    const value = headers[name];
    return typeof value === 'string' ? value.trim() : '';
  };
  const [, scheme = '', credential = ''] = /^\s*(\S+)\s+(\S+)\s*$/.exec(text('authorization')) ?? [];
  const offers: readonly Offer[] = [
    { credential: text('x-api-key'), kinds: ['api-key'] },
    { credential: text('x-apikey'), kinds: ['api-key'] },
    { credential, kinds: SCHEMES[scheme.toLowerCase()] ?? [] },
    { credential: browserToken(request), kinds: ['login'] },
  ];
  return offers.filter((offer) => offer.credential !== '');
}

export type AppAuthDeps = Readonly<{ access: Access; people: People }>;

/** What a plugin of this surface decorates its requests with before it is guarded. */
export const callerDecoration = CALLER;

/**
 * Finds out who calls, and notes it on the request (`callerOf`). Missing and wrong credentials are `unauthenticated`, a missing right is
 * `forbidden`. Credentials are taken from headers and the app's own cookie alone: an address ends in logs and histories.
 */
export function createAuthenticator({ access }: Pick<AppAuthDeps, 'access'>): (request: FastifyRequest) => Promise<void> {
  async function authenticated(request: FastifyRequest): Promise<Authenticated> {
    const offers = offersOf(request);
    for (const { credential, kinds } of offers) {
      const found = await access.authenticate({ credential, surface: 'app', kinds });
      if (found) return found;
    }
    throw new AppError(
      'unauthenticated',
      offers.length === 0
        ? 'Sign in, or send an API key in the header X-API-Key or as Authorization: Bearer.'
        : 'This key or sign-in is not valid here. It may have been revoked or have ended: sign in again.',
    );
  }

  return async (request) => {
    const { actor } = await authenticated(request);
    const config: object = request.routeOptions.config;
    const reads = request.method === 'GET' || request.method === 'HEAD';
    requireRight(actor, DEMAND in config ? (config[DEMAND] as Right) : reads ? 'read' : 'write');
    request.setDecorator(CALLER, actor);
  };
}

/** Has nothing, where a caller is bound to no person and may not act as anyone. */
const NOBODY = personId(0);

export type PersonChoice = Readonly<{
  /** The person that is named, else the caller's own, else `main`. @throws AppError `not-found`, `forbidden` */
  one(actor: Actor, name: string | undefined): Promise<Person>;
  /** Of a list: the person that is named; else everybody (undefined) for who may act as anyone, and for others themselves. */
  whose(actor: Actor, name: string | undefined): Promise<PersonId | undefined>;
  /** Refuses what belongs to somebody else, or to the house. @throws AppError `forbidden` */
  mine(actor: Actor, owner: PersonId | undefined): void;
  /** Ids to names. */
  names(): Promise<(id: number | undefined) => string | null>;
}>;

export function createPersonChoice(people: People): PersonChoice {
  async function named(actor: Actor, name: string): Promise<Person> {
    const person = await people.byName(name);
    if (person && mayActAs(actor, person.id)) return person;
    if (!mayActAsAnyone(actor)) throw new AppError('forbidden', `${actor.name} may not act as another person.`);
    throw new AppError('not-found', `There is nobody named "${name}" here.`, {
      faults: [{ field: 'person', message: 'is not known here' }],
    });
  }
  return {
    one: async (actor, name) => (name === undefined ? people.get(actor.personId ?? MAIN_PERSON) : named(actor, name)),
    async whose(actor, name) {
      if (name !== undefined) return (await named(actor, name)).id;
      return mayActAsAnyone(actor) ? undefined : (actor.personId ?? NOBODY);
    },
    mine: (actor, owner) => (owner === undefined ? requireActAsAnyone(actor) : requireActAs(actor, owner)),
    async names() {
      const known = new Map<number, string>((await people.list()).map((person) => [person.id, person.name]));
      return (id) => (id === undefined ? null : (known.get(id) ?? `person ${id}`));
    },
  };
}
