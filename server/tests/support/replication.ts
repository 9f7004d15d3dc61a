import { createMediaGraph } from '#core/media/index.ts';
import { createPlans } from '#core/plans/index.ts';
import { createDesks, createRequests, type Desk } from '#core/requests/index.ts';
import { createSettings } from '#core/settings/index.ts';
import { createDeskDriverFake, createDeskFake, type DeskFake } from '#core/upstreams/request-desk.fake.ts';
import { createRequestReplication, type ReplicationOption, replicationSettings } from '#features/request-replication/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { isRecord, type JsonObject } from '#kernel/json.ts';
import { createJobs } from '#platform/jobs/index.ts';
import { createJournal, type JournalDeps } from '#platform/journal/index.ts';
import { type DATABASES, openTestDatabase } from './databases.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

const ACTOR = { kind: 'house', id: 'test', name: 'test' };

export type ReplicationHouse = Awaited<ReturnType<typeof openReplication>>;

export type ReplicationWish = Readonly<{
  database?: (typeof DATABASES)[number];
  options?: Readonly<Partial<Record<ReplicationOption, unknown>>>;
  subordinates?: readonly string[];
  onEdge?: JournalDeps['onEdge'];
  callDeadlineMs?: number;
}>;

/** Replication over desks in memory, on a real database, with a clock that is moved by hand. Each cycle is a minute later than the last. */
export async function openReplication({
  database: kind = 'sqlite',
  options = {},
  subordinates = ['A'],
  onEdge,
  callDeadlineMs = 2_000,
}: ReplicationWish = {}) {
  const opened = await openTestDatabase(kind);
  const { database } = opened;
  let now = 1_700_000_000_000;
  const clock = { now: () => now };
  const primary = createDeskFake({ clock, name: 'primary' });
  const subs = new Map(subordinates.map((name) => [name, createDeskFake({ clock, name })]));
  const at = Object.fromEntries([
    ['http://primary', primary] as const,
    ...[...subs].map(([name, desk]) => [`http://${name.toLowerCase()}`, desk] as const),
  ]);
  const seerr = createDeskDriverFake(at);
  const secrets = { encrypt: (text: string) => text, decrypt: (text: string) => text };
  const settings = createSettings({ database, clock, secrets, definitions: replicationSettings() });
  const desks = createDesks({ database, clock, secrets, drivers: { seerr } });
  const requests = createRequests({ database, clock, accounts: async () => [], graphOn: (handle) => createMediaGraph(handle, { clock }) });
  const plans = createPlans({ database, clock });
  const jobs = createJobs({ db: database, clock });
  const build = () => {
    const journal = createJournal({ db: database, clock, onEdge });
    return { journal, ...createRequestReplication({ database, clock, desks, requests, settings, plans, jobs, journal, callDeadlineMs }) };
  };
  let replication = build();
  await replication.config.setOptions(options, ACTOR);
  const own: Desk = await desks.create({ name: 'Primary', url: 'http://primary', apiKey: 'k', role: 'primary' });
  for (const name of subordinates) await desks.create({ name, url: `http://${name.toLowerCase()}`, apiKey: 'k', role: 'subordinate' });
  const lines: string[] = [];

  const house = {
    get replication() {
      return replication;
    },
    database,
    desks,
    requests,
    plans,
    jobs,
    settings,
    primary,
    primaryDesk: own,
    /** A subordinate's desk; the first where none is named. */
    sub(name: string = subordinates[0] ?? ''): DeskFake {
      const found = subs.get(name);
      if (!found) throw new Error(`there is no subordinate ${name}`);
      return found;
    },
    lines,
    get now() {
      return now;
    },
    later(ms: number): void {
      now += ms;
    },
    context: () => ({
      signal: AbortSignal.timeout(25_000),
      log: (level: string, text: string) => void lines.push(`${level} ${text}`),
      progress: () => undefined,
    }),
    /** A minute later, one cycle. */
    async cycle(): Promise<JsonObject> {
      now += MINUTE;
      return replication.runCycle(house.context());
    },
    /** What the cycle said of one subordinate. */
    async cycleOf(name: string = subordinates[0] ?? ''): Promise<JsonObject> {
      const { subordinates: told } = await house.cycle();
      return isRecord(told) && isRecord(told[`internal:${name}`]) ? (told[`internal:${name}`] as JsonObject) : {};
    },
    setOptions: (given: Readonly<Partial<Record<ReplicationOption, unknown>>>) => replication.config.setOptions(given, ACTOR),
    /** The process ends and starts again: nothing is left but the database. */
    restart(): void {
      replication = build();
    },
    close: (): Promise<void> => opened.close(),
  };
  return house;
}

/** Opens a house, does the work, and closes it whatever came of it. */
export async function inReplication(wish: ReplicationWish, work: (house: ReplicationHouse) => Promise<void>): Promise<void> {
  const house = await openReplication(wish);
  try {
    await work(house);
  } finally {
    await house.close();
  }
}

export const inShort = (desk: DeskFake): readonly string[] =>
  desk
    .all()
    .map(
      (one) =>
        `${one.kind}:${one.tmdbId}${one.is4k ? ' 4k' : ''}${one.seasons.length > 0 ? ` [${one.seasons.map((season) => season.number).join()}]` : ''} ${one.status} by ${one.requestedBy.displayName}`,
    );

export const down = (): AppError => new AppError('upstream-unreachable', 'nothing answers at this address.', { details: { sent: 'no' } });

/** The primary is asked for the movies 1 to `count`. */
export function addMovies(house: ReplicationHouse, count: number, status: 'pending' | 'approved' = 'approved'): void {
  for (let number = 1; number <= count; number += 1) house.primary.add({ tmdbId: number }, status);
}

/** What a subordinate was asked since the last look, but for its name and its list; the first where none is named. */
export const callsOf = (house: ReplicationHouse, name?: string): readonly string[] =>
  house
    .sub(name)
    .takeCalls()
    .filter((call) => call !== 'listRequests' && call !== 'identify');
