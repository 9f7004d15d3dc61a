import type { Account, Connections, NewAccount } from '#core/connections/index.ts';
import type { People, Person } from '#core/people/index.ts';
import { AppError, isAppError } from '#kernel/app-error.ts';
import type { PersonId } from '#kernel/ids.ts';
import { type Clock, type Duration, type Instant, seconds } from '#kernel/instant.ts';
import type { JobQueue } from '#platform/jobs/index.ts';
import { createDemoStore, type Database, type DemoMark } from './demo.store.ts';

/** Servers that play a household, for as long as they are open. */
export type DemoStage = Readonly<{
  /** Besides the main person. */
  people: readonly Readonly<{ name: string; displayName: string }>[];
  /** Of the main person where `person` is undefined. */
  accounts: readonly (Omit<NewAccount, 'personId'> & Readonly<{ person: string | undefined }>)[];
  /** Where the servers post their events about this account. */
  hook(account: Account, url: string): void;
  close(): Promise<void>;
}>;

export type DemoDeps = Readonly<{
  database: Database;
  clock: Clock;
  gate: DemoGate;
  people: Pick<People, 'list' | 'create' | 'remove' | 'get'>;
  mainPerson: PersonId;
  connections: Pick<Connections, 'create' | 'list' | 'remove' | 'webhookTokenOf'>;
  jobs: Pick<JobQueue, 'list' | 'cancel' | 'settled' | 'prune'>;
  openStage(): Promise<DemoStage>;
  /** Has the first plan of a person made. */
  propose(person: PersonId): Promise<void>;
  /** Rooms read anew what they keep in mind. */
  forgotten(): Promise<void>;
}>;

export type DemoState = Readonly<{
  /** Since when it is here. */
  since: Instant | undefined;
  /** It may come: nothing is connected and nothing is known yet. */
  offered: boolean;
  people: readonly string[];
}>;

export type Demo = Readonly<{
  state(): Promise<DemoState>;
  /** `hookBase`: where the demo's servers reach this house, where that is known. Throws `conflict` for a house that knows something already. */
  begin(wish: Readonly<{ hookBase: string | undefined }>): Promise<DemoState>;
  /** Takes away all that came with it. Throws `conflict` where it is not here. */
  end(): Promise<DemoState>;
  /** At the start of a process: its servers are gone with the last one, so the demo goes too. Answers whether there was one. */
  sweep(): Promise<boolean>;
  /** Its servers end with the process. */
  close(): Promise<void>;
}>;

export type DemoGate = Readonly<{
  /** Throws `conflict` while the demo is here and somebody else would connect something: it would be taken away with the demo. */
  check(): Promise<void>;
  /** The demo's own doing. */
  pass<T>(work: () => Promise<T>): Promise<T>;
}>;

export function createDemoGate(database: Database): DemoGate {
  let passing = 0;
  return {
    async check() {
      if (passing > 0 || (await createDemoStore(database).current()) === undefined) return;
      throw new AppError('conflict', 'The demo household is here. Remove it first: whatever is connected now would be taken away with it.');
    },
    async pass(work) {
      passing += 1;
      try {
        return await work();
      } finally {
        passing -= 1;
      }
    },
  };
}

const QUIET_WITHIN: Duration = seconds(30);
const MOST_JOBS = 500;
const MOST_TRIES = 6;
const PAUSE: Duration = seconds(0.5);

/** The demo household inside a house that knows nothing yet: clearly its own, and taken away without a trace. */
export function createDemo(deps: DemoDeps): Demo {
  const { database, clock, gate, people, connections, jobs } = deps;
  const store = createDemoStore(database);
  let stage: DemoStage | undefined;
  let changing = false;

  /** One after the other, and never two at once. */
  async function alone<T>(work: () => Promise<T>): Promise<T> {
    if (changing) throw new AppError('conflict', 'The demo household is just coming or going. Try again in a moment.');
    changing = true;
    try {
      return await work();
    } finally {
      changing = false;
    }
  }

  async function state(): Promise<DemoState> {
    const mark = await store.current();
    if (mark) return { since: mark.startedAt, offered: false, people: mark.people };
    return { since: undefined, offered: (await store.survey()).filled.length === 0, people: [] };
  }

  async function addPeople(wanted: DemoStage['people']): Promise<readonly Person[]> {
    const taken = new Set((await people.list()).map(({ name }) => name));
    const added: Person[] = [];
    for (const { name, displayName } of wanted) added.push(await people.create(taken.has(name) ? `demo_${name}` : name, displayName));
    return added;
  }

  async function settle(opened: DemoStage, mark: DemoMark, hookBase: string | undefined): Promise<void> {
    const added = await addPeople(opened.people);
    await store.mark({ ...mark, people: added.map(({ name }) => name) });
    const idOf = (person: string | undefined): PersonId =>
      added[opened.people.findIndex(({ name }) => name === person)]?.id ?? deps.mainPerson;
    for (const { person, ...account } of opened.accounts) {
      const made = await connections.create({ ...account, personId: idOf(person) });
      if (hookBase !== undefined) opened.hook(made, `${hookBase}/v1/api/webhook?apikey=${await connections.webhookTokenOf(made)}`);
    }
    for (const person of new Set(opened.accounts.map((account) => idOf(account.person)))) await deps.propose(person);
  }

  /** Whatever is at work for it ends; what comes after finds nothing to do. */
  async function quiet(): Promise<void> {
    const signal = AbortSignal.timeout(QUIET_WITHIN);
    const { jobs: open } = await jobs.list({ statuses: ['pending', 'running'] }, 1, MOST_JOBS);
    for (const { id } of open) await jobs.cancel(id).catch(unlessOver);
    for (const { id } of open) await jobs.settled(id, signal).catch(unlessOver);
  }

  /** What hears of the removals may still be writing: then the database ends one of the two, and ours is made again. */
  async function clear(mark: DemoMark): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await database.transaction((handle) => createDemoStore(handle).clear(mark));
      } catch (error) {
        if (tries === MOST_TRIES) throw error;
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
      }
    }
  }

  async function takeAway(mark: DemoMark): Promise<void> {
    for (const account of await connections.list()) await connections.remove(account.id);
    await quiet();
    const there = new Set((await people.list()).map(({ name }) => name));
    for (const name of mark.people) if (there.has(name)) await people.remove(name);
    await clear(mark);
    await jobs.prune(clock.now() + 1);
    await stage?.close();
    stage = undefined;
    await deps.forgotten();
  }

  return {
    state,

    begin: ({ hookBase }) =>
      alone(async () => {
        const { tables, filled } = await store.survey();
        if ((await store.current()) !== undefined) throw new AppError('conflict', 'The demo household is here already.');
        if (filled.length > 0) {
          const message = 'The demo household comes only into a house in which nothing is connected and nothing is known yet.';
          throw new AppError('conflict', message, { details: { filled } });
        }
        const mark: DemoMark = { startedAt: clock.now(), tables, people: [] };
        await store.mark(mark);
        stage = await deps.openStage();
        const opened = stage;
        await gate
          .pass(() => settle(opened, mark, hookBase))
          .catch(async (error: unknown) => {
            await takeAway((await store.current()) ?? mark);
            throw error;
          });
        return state();
      }),

    end: () =>
      alone(async () => {
        const mark = await store.current();
        if (mark === undefined) throw new AppError('conflict', 'There is no demo household here.');
        await takeAway(mark);
        return state();
      }),

    async sweep() {
      const mark = await store.current();
      if (mark) await takeAway(mark);
      return mark !== undefined;
    },

    async close() {
      await stage?.close();
      stage = undefined;
    },
  };
}

function unlessOver(error: unknown): void {
  if (!isAppError(error, 'not-found', 'conflict', 'cancelled')) throw error;
}
