import { type Actor, mayActAs, requireActAs } from '#core/access/index.ts';
import type { Connections } from '#core/connections/index.ts';
import type { People, Person } from '#core/people/index.ts';
import { AppError, invalid } from '#kernel/app-error.ts';
import type { JsonObject } from '#kernel/json.ts';
import { readTaskArgs, type TaskArgs } from './task-args.ts';
import type { TaskDefinition } from './task-definition.ts';

/** What somebody asks for. Without identity it is for everybody whom the asker may act for, without backend for all of them. */
export type TaskWish = Readonly<{ name: string; args?: readonly string[]; identity?: string; backend?: string }>;

/** A wish that can be carried out. */
export type TaskOrder = Readonly<{
  definition: TaskDefinition;
  args: readonly string[];
  read: TaskArgs;
  person: Person | undefined;
  backend: string | undefined;
  /** One run for each; `undefined` stands for all accounts in one run. */
  backends: readonly (string | undefined)[];
}>;

export type TaskOrdersDeps = Readonly<{
  people: Pick<People, 'byName' | 'list'>;
  connections: Pick<Connections, 'list'>;
  definitions: readonly TaskDefinition[];
}>;

export type TaskOrders = ReturnType<typeof createTaskOrders>;

const textAt = (data: JsonObject, field: string): string | undefined => {
  const value = data[field];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') throw invalid(field, 'must be a text');
  return value;
};

function argsIn(value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  if (typeof value === 'string') return value.split(/\s+/).filter((word) => word !== '');
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value;
  throw invalid('args', 'must be a list of texts');
}

/** The wish that a job's data spells. @throws AppError `invalid` naming the member. */
export function readWish(data: JsonObject): TaskWish {
  const name = textAt(data, 'name');
  if (name === undefined) throw invalid('name', 'is missing');
  const identity = textAt(data, 'identity');
  const backend = textAt(data, 'backend');
  return { name, args: argsIn(data.args), ...(identity !== undefined && { identity }), ...(backend !== undefined && { backend }) };
}

/** Checks wishes: the task, its arguments, the person and the accounts. */
export function createTaskOrders({ people, connections, definitions }: TaskOrdersDeps) {
  const find = (name: string): TaskDefinition | undefined =>
    definitions.find((one) => one.name === name || (one.aliases?.includes(name) ?? false));

  async function backendsFor(read: TaskArgs, backend: string | undefined, person: Person | undefined): Promise<TaskOrder['backends']> {
    const named = [...new Set(backend === undefined ? read.backends : [backend])];
    if (named.length === 0 && read.exclude.length === 0) return [undefined];
    const known = [...new Set((await connections.list(person?.id)).map((account) => account.name))];
    const stray = [...named, ...read.exclude].find((name) => !known.includes(name));
    const field = backend === undefined ? 'args' : 'backend';
    if (stray !== undefined) throw invalid(field, `there is no backend "${stray}"${person ? ` of ${person.name}` : ''}`);
    return (named.length > 0 ? named : known).filter((name) => !read.exclude.includes(name));
  }

  async function personFor(wish: TaskWish, read: TaskArgs): Promise<Person | undefined> {
    if (wish.identity !== undefined && read.user !== undefined && wish.identity !== read.user) {
      throw invalid('args', `they name ${read.user}, and the identity is ${wish.identity}`);
    }
    const name = wish.identity ?? read.user;
    if (name === undefined) return undefined;
    const person = await people.byName(name);
    if (!person) throw invalid(wish.identity === undefined ? 'args' : 'identity', `there is no identity "${name}"`);
    return person;
  }

  /** @throws AppError `invalid` naming the member of the wish. */
  async function check(wish: TaskWish): Promise<TaskOrder> {
    const definition = find(wish.name);
    if (!definition) throw invalid('name', `there is no task "${wish.name}"`);
    const args = wish.args ?? [];
    const read = readTaskArgs(args, definition.flags);
    const person = await personFor(wish, read);
    if (!definition.perPerson && (person || wish.backend !== undefined || read.backends.length + read.exclude.length > 0)) {
      throw invalid(wish.backend === undefined ? 'identity' : 'backend', `the task "${definition.name}" is the whole house's`);
    }
    return { definition, args, read, person, backend: wish.backend, backends: await backendsFor(read, wish.backend, person) };
  }

  /** The same for what somebody writes now. What was stored earlier runs without the flag: it has done so all along. */
  async function checkAnew(wish: TaskWish): Promise<TaskOrder> {
    const order = await check(wish);
    if (order.read.unknown !== undefined) throw invalid('args', `there is no flag ${order.read.unknown}; nothing was done`);
    return order;
  }

  const actsForEverybody = async (actor: Actor): Promise<boolean> => (await people.list()).every((person) => mayActAs(actor, person.id));

  return {
    find,
    check,
    checkAnew,
    actsForEverybody,

    /** The same, for somebody who may not act for everybody: it is then for themselves. @throws AppError `forbidden` too. */
    async checkFor(wish: TaskWish, actor: Actor): Promise<TaskOrder> {
      const order = await checkAnew(wish);
      if (await actsForEverybody(actor)) return order;
      if (!order.definition.perPerson) {
        throw new AppError('forbidden', `The task "${order.definition.name}" is the whole house's, and ${actor.name} acts for one person.`);
      }
      const person = order.person ?? (await people.list()).find((one) => one.id === actor.personId);
      if (!person) throw new AppError('forbidden', `${actor.name} may not act as another person.`);
      requireActAs(actor, person.id);
      return check({ ...wish, identity: person.name });
    },
  };
}
