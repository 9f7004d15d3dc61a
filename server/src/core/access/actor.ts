import { AppError } from '#kernel/app-error.ts';
import type { PersonId } from '#kernel/ids.ts';

/** owner > admin > person. */
export type Role = 'owner' | 'admin' | 'person';

/**
 * What a credential may do.
 * - `read`: see libraries, history, connections without their tokens, plans, tasks
 * - `sync`: ask for runs, and decide on plans
 * - `write`: change history, ignore rules, connections and whatever else belongs to the people it may act as
 * - `admin`: people, logins, keys, settings, logs and everything else that is the whole house's
 * - `webhook`: report what happened on a server, and nothing else
 */
export type Scope = 'read' | 'sync' | 'write' | 'admin' | 'webhook';

/** What a call may ask for: a scope, or `owner` for what only an owner does (owners themselves, and the house's secrets). */
export type Right = Scope | 'owner';

export type Actor = Readonly<{
  kind: 'login' | 'api-key' | 'webhook' | 'job' | 'app';
  /** Unique within its kind. */
  id: string;
  name: string;
  role: Role;
  /** Absent: bound to nobody, acts as anyone. */
  personId?: PersonId;
  scopes: readonly Scope[];
}>;

export const SCOPES: readonly Scope[] = ['read', 'sync', 'write', 'admin', 'webhook'];

/** The most that a role may do, whatever its credential says. */
const SCOPES_OF_ROLE: Readonly<Record<Role, readonly Scope[]>> = {
  owner: SCOPES,
  admin: SCOPES,
  person: ['read', 'sync', 'write', 'webhook'],
};

const RANK: Readonly<Record<Role, number>> = { owner: 2, admin: 1, person: 0 };

export const scopesOfRole = (role: Role): readonly Scope[] => SCOPES_OF_ROLE[role];

/** Whether `role` is at least `other`. */
export const atLeast = (role: Role, other: Role): boolean => RANK[role] >= RANK[other];

/** Whether this actor may do such a thing at all. As whom is a second question: `mayActAs`. */
export function may(actor: Actor, right: Right): boolean {
  if (right === 'owner') return actor.role === 'owner' && may(actor, 'admin');
  return actor.scopes.includes(right) && SCOPES_OF_ROLE[actor.role].includes(right);
}

/** @throws AppError `forbidden`, naming the right. */
export function requireRight(actor: Actor, right: Right): void {
  if (!may(actor, right)) throw new AppError('forbidden', `${actor.name} lacks the right "${right}".`, { details: { right } });
}

/**
 * Whether this actor may read and write what belongs to that person: an owner or admin who signed in, and whatever is
 * bound to nobody, may be anyone; the rest only who they are bound to.
 */
export function mayActAs(actor: Actor, person: PersonId): boolean {
  if (actor.personId === person) return true;
  if (actor.kind === 'login') return atLeast(actor.role, 'admin');
  return actor.personId === undefined && atLeast(actor.role, 'admin');
}

/** Nobody has this id, so that whoever may act as its person may act as anyone. */
const NOBODY = 0 as PersonId;

/** For what belongs to everybody, or to the house. */
export const mayActAsAnyone = (actor: Actor): boolean => mayActAs(actor, NOBODY);

/** @throws AppError `forbidden` */
export const requireActAsAnyone = (actor: Actor): void => requireActAs(actor, NOBODY);

/** @throws AppError `forbidden` */
export function requireActAs(actor: Actor, person: PersonId): void {
  if (!mayActAs(actor, person)) throw new AppError('forbidden', `${actor.name} may not act as another person.`);
}

/**
 * For what would give a stored credential of that person away: only they themselves, and owners.
 * @throws AppError `forbidden`, saying that `what` needs it
 */
export function requireKeeper(actor: Actor, person: PersonId, what: string): void {
  if (actor.personId === person || may(actor, 'owner')) return;
  throw new AppError('forbidden', `${what}, which is for the person it belongs to and for owners. ${actor.name} is neither.`);
}

/** What the house does on its own: schedules, start-up. Bound to nobody. */
export const jobActor = (name: string): Actor => ({ kind: 'job', id: name, name, role: 'owner', scopes: SCOPES });
