import type { Database, Handle } from './database.ts';

/** A few statements that are kept together or not at all. It may be carried out twice, the first time without effect. */
export type GroupedWrite = <T>(work: (handle: Handle) => Promise<T>) => Promise<T>;

type Waiting = Readonly<{
  work: (handle: Handle) => Promise<unknown>;
  resolve: (value: never) => void;
  reject: (error: unknown) => void;
}>;

/** A group that fails is done again one by one: few enough for that. */
const LARGEST_GROUP = 64;

/**
 * Writes that come while others are on their way to the disk go there together, in one transaction and in the order in which they came: each transaction waits
 * for the disk, and many small ones would do nothing else. Answers when the write is kept. One that fails does not take the others with it.
 */
export function createGroupedWrites(database: Pick<Database, 'transaction'>): GroupedWrite {
  const waiting: Waiting[] = [];
  let isBusy = false;

  const alone = ({ work, resolve, reject }: Waiting): Promise<void> =>
    database.transaction(work).then((value) => resolve(value as never), reject);

  async function together(group: readonly Waiting[]): Promise<void> {
    const answers: unknown[] = [];
    try {
      await database.transaction(async (handle) => {
        for (const { work } of group) answers.push(await work(handle));
      });
    } catch {
      for (const one of group) await alone(one);
      return;
    }
    for (const [index, { resolve }] of group.entries()) resolve(answers[index] as never);
  }

  async function flush(): Promise<void> {
    for (let group = waiting.splice(0, LARGEST_GROUP); group.length > 0; group = waiting.splice(0, LARGEST_GROUP)) {
      const [first] = group;
      if (group.length === 1 && first) await alone(first);
      else await together(group);
    }
    isBusy = false;
  }

  return (work) =>
    new Promise((resolve, reject) => {
      waiting.push({ work, resolve, reject });
      if (isBusy) return;
      isBusy = true;
      // What else has come with the same turn of the loop comes along.
      setImmediate(() => void flush());
    });
}
