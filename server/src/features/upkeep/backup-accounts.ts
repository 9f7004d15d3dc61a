import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Account, Connections } from '#core/connections/index.ts';
import type { People, Person } from '#core/people/index.ts';
import { AppError, messageOf } from '#kernel/app-error.ts';
import { type Clock, type Duration, days, type Instant } from '#kernel/instant.ts';
import type { JsonObject } from '#kernel/json.ts';
import { pruneBackups, WHOLE_HISTORY, writeBackup } from './backup-files.ts';
import { type PortableItem, portableItem, portableItems } from './portable-items.ts';
import type { UpkeepStore } from './upkeep.store.ts';
import { accountsFor, type UpkeepRequest } from './upkeep-request.ts';

const PAGE = 1_000;
export const BACKUPS_KEPT: Duration = days(90);

export type BackupDeps = Readonly<{
  store: UpkeepStore;
  connections: Pick<Connections, 'list'>;
  people: Pick<People, 'get' | 'list'>;
  clock: Clock;
  /** `YYYYMMDD` in the zone of the installation. */
  dayOf(instant: Instant): string;
  backupDir: string;
}>;

/** What is written to one file. `last` is where the next page begins; without it there is none. */
type Source = Readonly<{
  name: string;
  title: string;
  page(after: number): Promise<Readonly<{ items: readonly (PortableItem | undefined)[]; last?: number }>>;
}>;

type Counted = Readonly<{ items: number; nameless: number }>;

const without = (nameless: number): string =>
  nameless === 0 ? '' : ` ${nameless} without any external id were left out, since nobody could tell what they are.`;

/** `backup` writes the history of each person, and what each account said last, to files of their own. */
export function createBackups(deps: BackupDeps) {
  const { store, connections, people, clock, dayOf, backupDir } = deps;

  /** Answers which files went. */
  const prune = (): Promise<readonly string[]> => pruneBackups(backupDir, dayOf(clock.now() - BACKUPS_KEPT));

  function nameOf(source: Source, { flags }: UpkeepRequest): string {
    const day = flags.has('keep') ? '' : `.${dayOf(clock.now())}`;
    return `${source.name}${day}.json${flags.has('no-compress') ? '' : '.zip'}`;
  }

  /** A title that nobody could tell when it is read back is left out, and counted. */
  async function pages(source: Source, request: UpkeepRequest, take: (items: readonly object[]) => Promise<void>): Promise<Counted> {
    const counted = { items: 0, nameless: 0 };
    for (let after = 0; ; ) {
      const page = await source.page(after);
      const items = page.items.flatMap((item) => item ?? []);
      await take(items);
      counted.items += items.length;
      counted.nameless += page.items.length - items.length;
      after = page.last ?? after;
      request.progress(counted.items, undefined, source.title);
      if (page.last === undefined) return counted;
      await request.breathe();
      request.signal.throwIfAborted();
    }
  }

  async function backUp(source: Source, request: UpkeepRequest): Promise<JsonObject> {
    const name = nameOf(source, request);
    const { title } = source;
    const first = await source.page(0);
    if (first.items.length === 0 && first.last === undefined) {
      request.log('info', `${title}: nothing is known yet, so there is nothing to write.`);
      return { items: 0 };
    }
    if (request.flags.has('dry-run')) {
      const { items, nameless } = await pages(source, request, async () => undefined);
      request.log('info', `${title}: ${items} titles would be written to ${name}.${without(nameless)}`);
      return { items };
    }
    await mkdir(backupDir, { recursive: true });
    const writer = await writeBackup(backupDir, name);
    try {
      const { items, nameless } = await pages(source, request, writer.add);
      await writer.finish();
      request.log('info', `${title}: ${items} titles were written to ${join(backupDir, name)}.${without(nameless)}`);
      return { items, file: name };
    } catch (error) {
      await writer.abandon().catch(() => undefined);
      throw error;
    }
  }

  const ofAccount = async (account: Account): Promise<Source> => ({
    name: `${(await people.get(account.personId)).name}.${account.name}`,
    title: account.name,
    async page(after) {
      const said = await store.saidBy(account.id, after, PAGE);
      const last = said.length < PAGE ? undefined : said.at(-1)?.copyId;
      return { items: said.flatMap(portableItems), ...(last !== undefined && { last }) };
    },
  });

  const ofPerson = (person: Person): Source => ({
    name: `${person.name}.${WHOLE_HISTORY}`,
    title: `The history of ${person.name}`,
    async page(after) {
      const standings = await store.standingsOf(person.id, after, PAGE);
      const last = standings.length < PAGE ? undefined : standings.at(-1)?.mediaId;
      return {
        items: standings.map(({ media, ...standing }) => media && portableItem(standing, media)),
        ...(last !== undefined && { last }),
      };
    },
  });

  /** The whole history of each person, and what each of their accounts says; one account alone where it is named. */
  async function sourcesFor(request: UpkeepRequest): Promise<readonly Source[]> {
    const sources: Source[] = [];
    if (request.backend === undefined) {
      const wanted = request.person === undefined ? await people.list() : [await people.get(request.person)];
      sources.push(...wanted.map(ofPerson));
    }
    for (const account of await accountsFor(connections, request)) sources.push(await ofAccount(account));
    return sources;
  }

  return {
    async backup(request: UpkeepRequest): Promise<JsonObject> {
      const results: Record<string, JsonObject> = {};
      const faults: string[] = [];
      for (const source of await sourcesFor(request)) {
        request.signal.throwIfAborted();
        try {
          results[source.name] = await backUp(source, request);
        } catch (error) {
          if (request.signal.aborted) throw error;
          request.log('error', `${source.title}: ${messageOf(error)}`);
          faults.push(`${source.title}: ${messageOf(error)}`);
        }
      }
      if (!request.flags.has('dry-run')) await prune();
      if (faults.length > 0) throw new AppError('unavailable', `The backup is not complete. ${faults.join(' ')}`);
      return results;
    },

    pruneBackups: prune,
  };
}
