import type { Account, Connections, NewAccount } from '#core/connections/index.ts';
import { type IgnoreRules, parseRule } from '#core/ignore-rules/index.ts';
import type { OwnIds } from '#core/media/index.ts';
import type { People, Person } from '#core/people/index.ts';
import type { LeftAccount, LeftEntry, LeftHousehold, LeftPerson } from '#core/upstreams/index.ts';
import { isAppError, messageOf } from '#kernel/app-error.ts';
import type { Clock } from '#kernel/instant.ts';
import type { JobContext } from '#platform/jobs/index.ts';
import type { OpenArrival } from './moving-in.store.ts';
import { takeRecords } from './take-records.ts';
import { type BackendReport, type Counts, noCounts, noHistory, type PersonReport, type RefusedKind, type Tally } from './tally.ts';

/** The rooms of one database: the house's own, or those of a rehearsal. */
export type HouseholdRooms = Readonly<{
  people: Pick<People, 'byName' | 'create'>;
  connections: Pick<Connections, 'list' | 'adopt'>;
  ignoreRules: Pick<IgnoreRules, 'add'>;
  arrival: OpenArrival;
  /** Which ids there are by now. */
  ownIds(): OwnIds;
  desks: EntryDesks;
}>;

export type Taken = Readonly<{ is: 'taken' | 'there' } | { is: 'refused'; reason: string }>;

/** Takes what only another room understands. In a dry run its database is that of the rehearsal, and nothing beside it is changed. */
export type EntryDesk = (entry: LeftEntry, how: Readonly<{ dryRun: boolean }>) => Promise<Taken>;

export type EntryDesks = Readonly<{ customIds: EntryDesk; suppressions: EntryDesk; mapping: EntryDesk }>;

/** Puts a portable backup of another program among ours. */
export type KeepBackup = (backup: LeftHousehold['backups'][number], how: Readonly<{ dryRun: boolean }>) => Promise<Taken>;

export type TakeHouseholdDeps = Readonly<{ rooms: HouseholdRooms; clock: Clock; keepBackup: KeepBackup; tally: Tally }>;

export type Run = Readonly<{ dryRun: boolean }> & Pick<JobContext, 'signal' | 'progress' | 'breathe'>;

const DESKS = [
  ['customIds', 'custom_ids', 'custom-id'],
  ['suppressions', 'suppressions', 'suppression'],
  ['mapping', 'mapping', 'mapping'],
] as const;

/**
 * Takes over all that another program kept of a household, as far as it can be taken. What is here already stays as it is, so that doing
 * it twice is doing it once.
 */
export async function takeHousehold(deps: TakeHouseholdDeps, left: LeftHousehold, run: Run): Promise<void> {
  const { rooms, tally } = deps;
  for (const refusal of left.refused) tally.refuse({ kind: 'file', ...refusal });
  const total = left.people.reduce((sum, person) => sum + person.records, 0);
  let done = 0;
  const takeFor = ([from, to, kind]: (typeof DESKS)[number]): Promise<void> =>
    takeEntries(deps, { entries: left[from], desk: rooms.desks[from], counts: tally.others[to], kind }, run);
  // Records and rules may speak of them.
  await takeFor(DESKS[0]);
  for (const one of left.people) {
    const taken = await takePerson(deps, one);
    if (!taken) continue;
    const onPage = (records: number): void => {
      done += records;
      run.progress(done, total, one.name);
    };
    await takeRecords(deps, { ...taken, records: one.history(), run, onPage });
  }
  for (const desk of DESKS.slice(1)) await takeFor(desk);
  for (const backup of left.backups) {
    count(tally, tally.others.backups, { kind: 'backup', what: backup.name }, await deps.keepBackup(backup, run));
    run.signal.throwIfAborted();
  }
}

function count(tally: Tally, counts: Counts, thing: Readonly<{ kind: RefusedKind; what: string; person?: string }>, taken: Taken): void {
  counts[taken.is] += 1;
  if (taken.is === 'refused') tally.refuse({ ...thing, reason: taken.reason });
}

type TakenPerson = Readonly<{ person: Person; report: PersonReport; accounts: ReadonlyMap<string, Account> }>;

async function takePerson(deps: TakeHouseholdDeps, left: LeftPerson): Promise<TakenPerson | undefined> {
  const { rooms, tally } = deps;
  const known = await rooms.people.byName(left.name);
  const person = known ?? (await rooms.people.create(left.name).catch((error: unknown) => refusalOf(error)));
  if (typeof person === 'string') {
    tally.refuse({ kind: 'person', what: left.name, reason: person });
    return undefined;
  }
  const report: PersonReport = {
    name: person.name,
    is: known ? 'there' : 'new',
    backends: [],
    ignore_rules: noCounts(),
    history: noHistory(),
  };
  tally.people.push(report);
  const accounts = new Map<string, Account>();
  for (const one of left.accounts) {
    const { account, backend } = await takeAccount(deps, person, one);
    report.backends.push(backend);
    if (account) accounts.set(one.name, account);
    else tally.refuse({ kind: 'backend', person: person.name, what: one.name, reason: backend.reason ?? '' });
  }
  for (const { rule, createdAt } of left.ignoreRules) {
    const taken = await takeRule(deps, person, { rule, ...(createdAt !== undefined && { createdAt }) }, accounts);
    count(tally, report.ignore_rules, { kind: 'ignore-rule', person: person.name, what: rule }, taken);
  }
  return { person, report, accounts };
}

/** What is wrong with what was told, in words; a fault of ours is thrown on. */
function refusalOf(error: unknown): string {
  if (isAppError(error, 'invalid', 'conflict')) return messageOf(error).replace(/\.$/, '');
  throw error;
}

async function takeAccount(
  { rooms }: TakeHouseholdDeps,
  person: Person,
  left: LeftAccount,
): Promise<Readonly<{ account?: Account; backend: BackendReport }>> {
  const backend: BackendReport = { name: left.name, type: left.type, is: 'there', items: noCounts() };
  const accounts = await rooms.connections.list(person.id);
  const isSame = ({ server, userId }: Account): boolean => server.type === left.type && server.uuid === left.uuid && userId === left.user;
  const same = accounts.find((account) => account.name === left.name && isSame(account)) ?? accounts.find(isSame);
  if (same) return { account: same, backend: { ...backend, ...(same.name !== left.name && { known_as: same.name }) } };
  const { name, type, url, token, uuid, user, options, importEnabled, exportEnabled } = left;
  const wish: NewAccount = {
    personId: person.id,
    name,
    type,
    url,
    token,
    uuid,
    user,
    options,
    importEnabled,
    exportEnabled,
    consent: 'pending',
  };
  const account = await rooms.connections.adopt(wish, left.userName).catch((error: unknown) => refusalOf(error));
  return typeof account === 'string'
    ? { backend: { ...backend, is: 'refused', reason: account } }
    : { account, backend: { ...backend, is: 'new' } };
}

async function takeRule(
  { rooms }: TakeHouseholdDeps,
  person: Person,
  { rule, createdAt }: LeftPerson['ignoreRules'][number],
  accounts: ReadonlyMap<string, Account>,
): Promise<Taken> {
  try {
    const parsed = parseRule(rule, rooms.ownIds());
    await rooms.ignoreRules.add(person.id, { ...parsed, account: accounts.get(parsed.account)?.name ?? parsed.account }, createdAt);
    return { is: 'taken' };
  } catch (error) {
    // It is here already, or a wider one covers it.
    return isAppError(error, 'conflict') ? { is: 'there' } : { is: 'refused', reason: refusalOf(error) };
  }
}

type Entries = Readonly<{ entries: readonly LeftEntry[]; desk: EntryDesk; counts: Counts; kind: RefusedKind }>;

async function takeEntries({ tally }: TakeHouseholdDeps, { entries, desk, counts, kind }: Entries, run: Run): Promise<void> {
  for (const entry of entries) {
    count(tally, counts, { kind, what: entry.what }, await desk(entry, run));
  }
}
