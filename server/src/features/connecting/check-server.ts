import type {
  CallOptions,
  MediaServer,
  MediaServerDriver,
  UpstreamConnection,
  UpstreamLibrary,
  UpstreamUser,
} from '#core/upstreams/index.ts';
import { seconds } from '#kernel/instant.ts';
import { attempt, type CheckReport, type Findings, isRefusal, isSilence, type Notebook, openNotebook } from './checks.ts';

/** Somebody waits for the answer with the form open. */
const PATIENCE = seconds(15);

export type ServerCheckWish = Readonly<{
  driver: MediaServerDriver;
  connection: UpstreamConnection;
  /** Whose account it is to be: an id or a name. */
  user: string | undefined;
  /** The id that the server had, where this is the form of a connection that is there already. */
  uuid: string | undefined;
}>;

type Step = Readonly<{
  wish: ServerCheckWish;
  call: CallOptions;
  notes: Notebook;
  found: { -readonly [Key in keyof Findings]: Findings[Key] };
}>;

/** Asks a server, step by step, whether it could be connected with what is in the form. Nothing is stored, and nothing is changed there. */
export async function checkServer(wish: ServerCheckWish, call: CallOptions): Promise<CheckReport> {
  const step: Step = { wish, call, notes: openNotebook(), found: {} };
  const server = connect(wish, undefined);
  for (const next of [answers, identity, user, libraries]) {
    if (!(await next(step, server))) return step.notes.report(step.found);
  }
  notices(step);
  return step.notes.report(step.found);
}

const connect = ({ driver, connection }: ServerCheckWish, userId: string | undefined): MediaServer => {
  const { userId: _, ...anybody } = connection;
  return driver.connect({
    ...anybody,
    ...(userId !== undefined && { userId }),
    timeoutMs: Math.min(connection.timeoutMs ?? PATIENCE, PATIENCE),
  });
};

async function answers({ wish: { driver, connection, uuid: known }, call, notes }: Step, server: MediaServer): Promise<boolean> {
  const { value: uuid, fault } = await attempt(server.serverUuid(call));
  if (fault && isSilence(fault)) return notes.failed('answers', fault);
  notes.passed('answers', `Something answers at ${connection.url}.`);
  if (fault) return notes.failed('product', fault);
  if (known === undefined || known === uuid) return notes.passed('product', `It is ${driver.title}.`, { product: driver.title });
  const message = `It is ${driver.title}, but another one than before: its id is ${uuid}, and this connection belongs to ${known}.`;
  return notes.refused('product', 'conflict', message);
}

async function identity({ wish, call, notes, found }: Step, server: MediaServer): Promise<boolean> {
  const { driver, user } = wish;
  const asked = await attempt(server.identify(call));
  // A key that is worth nothing without its user is tried as that user.
  const again = asked.fault && !isSilence(asked.fault) && user !== undefined;
  const { value: who, fault } = again ? await attempt(connect(wish, user).identify(call)) : asked;
  if (who === undefined) return notes.failed(isSilence(fault) ? 'answers' : 'key', fault);
  const { uuid, name, version } = who;
  found.server = { uuid, name, version };
  notes.passed('key', `${name} accepts the key.`, { name });
  const { value: takes = true } = await attempt(server.takesUserData?.(call) ?? Promise.resolve(true));
  if (takes) return notes.passed('version', `${driver.title} ${version}.`, { version });
  const message = `${driver.title} ${version} has no place for positions and counts from outside: marks are kept in step, positions are only read.`;
  return notes.noted('version', message, { version });
}

async function user({ wish, call, notes, found }: Step, server: MediaServer): Promise<boolean> {
  const name = found.server?.name ?? wish.driver.title;
  const { value: users, fault } = await attempt(server.listUsers(call));
  if (users !== undefined) {
    found.users = users.map(({ id, name: shown, admin }) => ({ id, name: shown, admin }));
    notes.passed('rights', `The key may see the ${users.length} users of ${name}.`, { users: users.length });
    return chooseUser({ wish, call, notes, found }, users, name);
  }
  if (!isRefusal(fault)) return notes.failed('rights', fault);
  notes.noted('rights', `The key may not see the users of ${name}: it is enough for one account, and not for the household.`);
  const userId = wish.user ?? wish.connection.userId;
  if (userId === undefined) return notes.asks('user', 'Say whose account it is: the key does not tell.');
  found.user = { id: userId, name: userId };
  return notes.passed('user', `It is taken as the account of ${userId}.`, { user: userId });
}

function chooseUser({ wish, notes, found }: Step, users: readonly UpstreamUser[], name: string): boolean {
  const named = wish.user ?? wish.connection.userId;
  const same = (one: UpstreamUser): boolean => one.id === named || one.uuid === named || one.aliases?.includes(named ?? '') === true;
  const [only, ...others] = users;
  const chosen = named === undefined ? (others.length === 0 ? only : undefined) : (users.find(same) ?? namesake(users, named));
  if (chosen) {
    found.user = { id: chosen.id, name: chosen.name };
    return notes.passed('user', `It is the account of ${chosen.name}.`, { user: chosen.name });
  }
  // What comes after it is asked as that user, so it waits.
  if (named === undefined)
    return notes.asks('user', `${name} has ${users.length} users. Choose whose account it is.`, { users: users.length });
  return notes.refused('user', 'invalid', `${name} has no user ${named}.`);
}

const namesake = (users: readonly UpstreamUser[], named: string): UpstreamUser | undefined =>
  users.find((one) => one.name.toLowerCase() === named.toLowerCase());

async function libraries({ wish, call, notes, found }: Step): Promise<boolean> {
  const server = connect(wish, found.user?.id);
  const { value: listed, fault } = await attempt(server.listLibraries(call));
  if (listed === undefined) return notes.failed('libraries', fault);
  found.libraries = listed.map(({ id, name, kind, supported }) => ({ id, name, kind, read: supported }));
  const read = listed.filter(({ supported }) => supported);
  const who = found.user?.name ?? 'The account';
  const [first] = read;
  if (first === undefined) {
    return notes.refused('libraries', 'upstream-forbidden', `${who} sees no library of films or series there.`, { user: who });
  }
  const names = read.map(({ name }) => name).join(', ');
  notes.passed('libraries', `${who} sees ${names}.`, { libraries: read.length, names });
  return watchState(notes, server, first, call);
}

async function watchState(notes: Notebook, server: MediaServer, first: UpstreamLibrary, call: CallOptions): Promise<boolean> {
  const { value: total, fault } = await attempt(countOf(server, first, call));
  if (total === undefined) return notes.failed('watch-state', fault);
  return notes.passed('watch-state', `What was watched can be read: ${first.name} has ${total} titles.`, { library: first.name, total });
}

async function countOf(server: MediaServer, library: UpstreamLibrary, call: CallOptions): Promise<number> {
  for await (const page of server.readLibrary(library, { ...call, pageSize: 1 })) return page.total;
  return 0;
}

/** Its events cannot be tried before they are sent to an address that only a saved connection has. */
function notices({ wish, notes }: Step): void {
  const steps = wish.driver.webhookSteps('').length;
  const message = 'Until it sends its events here, it is only read by the clock. How to switch them on is shown once it is saved.';
  notes.noted('notices', message, { steps });
}
