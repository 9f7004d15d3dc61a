import type { Activity } from '#core/activity/index.ts';
import type { Account, Connections, NewAccount } from '#core/connections/index.ts';
import type { CallOptions } from '#core/upstreams/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { PersonId } from '#kernel/ids.ts';
import { type Clock, type Duration, minutes, seconds } from '#kernel/instant.ts';
import { isSilence } from './checks.ts';
import { createWaitingStore, type Database, type Fault, type WaitingConnection } from './waiting.store.ts';

const TRY_PATIENCE: Duration = seconds(20);
const LONGEST_PAUSE: Duration = minutes(30);
const LONGEST_NOTE = 1_000;

export type WaitingDeps = Readonly<{
  database: Database;
  clock: Clock;
  secrets: Readonly<{ encrypt(text: string): string; decrypt(stored: string): string }>;
  connections: Pick<Connections, 'create' | 'list'>;
  activity: Pick<Activity, 'record'>;
}>;

export type Added = Readonly<{ account: Account; waiting?: never }> | Readonly<{ account?: never; waiting: WaitingConnection }>;

export type Waiting = ReturnType<typeof createWaiting>;

/** Connections whose server does not answer yet: kept as they were entered, and tried again by themselves. */
export function createWaiting({ database, clock, secrets, connections, activity }: WaitingDeps) {
  const store = createWaitingStore(database);

  const absent = (): AppError => new AppError('not-found', 'This connection does not wait any more.');
  const noteOf = (error: AppError): Fault => ({ code: error.code, message: error.message.slice(0, LONGEST_NOTE) });

  async function found(id: number): Promise<Readonly<{ waiting: WaitingConnection; draft: string }>> {
    const one = await store.find(id);
    if (!one) throw absent();
    return one;
  }

  async function keep(given: NewAccount, fault: AppError): Promise<WaitingConnection> {
    const { personId, name = '', type: kind, url = '' } = given;
    const id = await store.insert(
      { personId, kind, name, url, fault: noteOf(fault), draft: secrets.encrypt(JSON.stringify(given)) },
      clock.now(),
    );
    if (id === undefined) throw new AppError('conflict', `A connection "${name}" waits already. Choose another name.`);
    return (await found(id)).waiting;
  }

  async function attempt(id: number, call: CallOptions): Promise<Added> {
    const { draft } = await found(id);
    const given = JSON.parse(secrets.decrypt(draft)) as NewAccount;
    try {
      const account = await connections.create(given, call);
      await store.remove(id);
      return { account };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      await store.noteFault(id, noteOf(error), clock.now());
      return { waiting: (await found(id)).waiting };
    }
  }

  const isDue = ({ tries, triedAt }: WaitingConnection): boolean =>
    triedAt + Math.min(LONGEST_PAUSE, minutes(2 ** Math.min(tries - 1, 10))) <= clock.now();

  return {
    list: (person?: PersonId): Promise<readonly WaitingConnection[]> => store.list(person),
    get: async (id: number): Promise<WaitingConnection> => (await found(id)).waiting,

    /** Adds the account where its server answers, and keeps it to be tried later where it is silent. Throws whatever else `create` throws. */
    async add(given: NewAccount, call: CallOptions): Promise<Added> {
      try {
        return { account: await connections.create(given, call) };
      } catch (error) {
        if (!(error instanceof AppError) || !isSilence(error)) throw error;
        return { waiting: await keep(given, error) };
      }
    },

    /** Now. A server that answers and refuses is told as what it waits for. Throws `not-found`. */
    attempt,

    async remove(id: number): Promise<WaitingConnection> {
      const { waiting } = await found(id);
      if (!(await store.remove(id))) throw absent();
      return waiting;
    },

    /** What the clock asks for. Answers how many were added. */
    async tryDue(): Promise<number> {
      let added = 0;
      for (const one of (await store.list()).filter(isDue)) {
        const { account } = await attempt(one.id, { signal: AbortSignal.timeout(TRY_PATIENCE) });
        if (account === undefined) continue;
        added += 1;
        await activity.record({
          actor: { kind: 'job', id: 'connecting', name: 'Connecting' },
          verb: 'account.added',
          subject: account.name,
          personId: account.personId,
        });
      }
      return added;
    },
  };
}
