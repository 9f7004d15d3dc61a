import type { Account } from '#core/connections/index.ts';
import { MAIN_PERSON } from '#core/people/index.ts';
import type { FakeState, FakeTitle, FakeUser } from '#core/upstreams/media-server.fake.ts';
import { isAppError, messageOf } from '#kernel/app-error.ts';
import type { PersonId } from '#kernel/ids.ts';
import type { Clock, Instant } from '#kernel/instant.ts';
import { createDice } from '../faults/seeded-household.ts';
import { orderFaults } from './history-order.ts';
import {
  ALL_SERVERS,
  ago,
  changesMade,
  DAY,
  episodeOf,
  exportNow,
  HOUR,
  type Household,
  importNow,
  MINUTE,
  movieNumber,
  type ServerKind,
  settled,
  shelve,
  standing,
} from './journey.ts';
import { type Act, allowMarks, evenings, mustBeWatched, mustStandAt, playsOf, type Story, wipeUnseen, writeDown } from './life-story.ts';

/** A clock that goes on by itself and can be put forward. */
export function createLeapingClock(): Clock & { leap(ms: number): void } {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    leap: (ms) => {
      ahead += ms;
    },
  };
}

/** Longer than any sitting. */
export const APART = 7 * HOUR;
const MOODS = ['server-error', 'reset', 'truncated', 'html', 'late', 'rate-limited', 'unauthorized'] as const;
/** A guard stops a run of more than a few. */
const MOST_UNMARKS = 3;

type Person = Readonly<{ name: string; id: PersonId; users: ReadonlyMap<ServerKind, FakeUser>; accounts: Map<ServerKind, Account> }>;

export type RandomLife = Awaited<ReturnType<typeof beginLife>>;

/** Two people and three servers: people do something at random, and what must be true of it whenever everything is at rest. */
export async function beginLife(home: Household, clock: Clock, seed: number) {
  const dice = createDice(seed);
  const diary: string[] = [];
  const hooked = ALL_SERVERS.filter(() => dice.chance(0.5));
  const titles = [...Array.from({ length: 8 }, (_, n) => movieNumber(n)), ...Array.from({ length: 4 }, (_, n) => episodeOf(n + 1))];
  const shelf = titles.map((title) => {
    const kinds = ALL_SERVERS.filter(() => dice.chance(0.8));
    const held = kinds.length === 0 ? [dice.pick(ALL_SERVERS)] : kinds;
    return { title, items: new Map(held.map((kind) => [kind, shelve(home, kind, title)])) };
  });
  const stories: Story[] = [];
  const main = await settle('main', MAIN_PERSON);
  const persons = [main, await settle('mia', (await home.rooms.people.create('mia')).id)];
  let sick = false;
  await hook();

  async function settle(name: string, id: PersonId): Promise<Person> {
    const users = new Map(ALL_SERVERS.map((kind) => [kind, name === 'main' ? home.fake(kind).owner : home.fake(kind).addUser({ name })]));
    for (const { title, items } of shelf) stories.push(begin(name, users, title, items));
    const accounts = new Map<ServerKind, Account>();
    for (const [kind, as] of users) accounts.set(kind, await home.addBackend(kind, { as, personId: id }));
    return { name, id, users, accounts };
  }

  /** What stood on the servers before they were connected: watched on one of some evenings, or not. */
  function begin(person: string, users: Person['users'], title: FakeTitle, items: Story['items']): Story {
    const plays: Instant[] = [];
    const mayMark = new Map<ServerKind, number>();
    for (const [kind, item] of items) {
      const played = dice.chance(0.3);
      mayMark.set(kind, Number(!played));
      if (!played) continue;
      const lastPlayedAt = ago(dice.pick([300, 200, 100]) * DAY);
      if (!plays.includes(lastPlayedAt)) plays.push(lastPlayedAt);
      home.fake(kind).setState(users.get(kind)?.id ?? '', item, { played, playCount: 1, lastPlayedAt });
    }
    const name = `${person}: ${title.show ? `${title.show.title} ${title.title}` : title.title}`;
    return { name, person, title, items, watched: plays.length > 0, acts: [], plays, doubtful: 0, unsure: false, adrift: false, mayMark };
  }

  async function hook(): Promise<void> {
    for (const kind of hooked) await home.hook(kind, accountOf(main, kind));
  }

  function accountOf(person: Person, kind: ServerKind): Account {
    const account = person.accounts.get(kind);
    if (!account) throw new Error(`${person.name} has no account on ${kind}`);
    return account;
  }

  function personOf(story: Story): Person {
    const person = persons.find((one) => one.name === story.person);
    if (!person) throw new Error(`${story.person} lives elsewhere`);
    return person;
  }

  const note = (text: string): void => void diary.push(`${new Date(clock.now()).toISOString()} ${text}`);
  const placeOf = (story: Story, kind: ServerKind) => [personOf(story).users.get(kind)?.id ?? '', story.items.get(kind) ?? ''] as const;
  const stateOn = (story: Story, kind: ServerKind): FakeState => home.fake(kind).stateOf(...placeOf(story, kind));
  const someServer = (story: Story): ServerKind => dice.pick([...story.items.keys()]);
  const mayUnmark = ({ person }: Story): boolean =>
    stories.filter((story) => story.person === person && story.acts.some((act) => act.kind === 'unmark')).length < MOST_UNMARKS;

  async function doIt(story: Story, act: Act): Promise<void> {
    const { kind, server, positionMs } = act;
    if (server === 'here') return;
    const fake = home.fake(server);
    const place = placeOf(story, server);
    const replies = fake.webhookReplies.length;
    if (kind === 'finish') await fake.finish(...place);
    else if (kind === 'pause') await fake.pauseAt(...place, positionMs ?? 0);
    else await fake.markByHand(...place, kind === 'mark');
    act.seen = !sick && fake.webhookReplies.slice(replies).includes(200);
  }

  /** Somebody watches something, leaves it in the middle, or presses a button, on one of the servers. */
  async function atAServer(story: Story): Promise<void> {
    const server = someServer(story);
    const { played } = stateOn(story, server);
    const kind = played
      ? dice.pick(['finish', 'unmark', 'unmark', 'pause'] as const)
      : dice.pick(['finish', 'mark', 'pause', 'pause'] as const);
    if (kind === 'unmark' && !mayUnmark(story)) return;
    const act: Act = { kind, server, at: clock.now(), ...(kind === 'pause' && { positionMs: (2 + dice.below(36)) * MINUTE }) };
    note(`${story.name}: ${kind} on ${server}${act.positionMs === undefined ? '' : ` at ${act.positionMs / MINUTE} min`}`);
    writeDown(story, act, played);
    await doIt(story, act);
  }

  /** Somebody says so in the house itself. */
  async function here(story: Story): Promise<void> {
    const [kind, item] = [...story.items][0] ?? [];
    if (kind === undefined || item === undefined) return;
    const person = personOf(story);
    const { viewing } = await standing(home, accountOf(person, kind), item);
    if (viewing === undefined || (viewing.watched && !mayUnmark(story))) return;
    const act: Act = { kind: viewing.watched ? 'unmark' : 'mark', server: 'here', at: clock.now(), seen: true };
    note(`${story.name}: ${act.kind} here`);
    writeDown(story, act, viewing.watched);
    await home.rooms.watchSync.markByHand(person.id, viewing.mediaId, !viewing.watched, 'test');
  }

  const LOST = { played: false, playCount: 0, positionMs: 0, lastPlayedAt: undefined } as unknown as Partial<FakeState>;

  /** A file is replaced, and now and then its server forgets all about it. */
  function replace(story: Story): void {
    const server = someServer(story);
    const lost = dice.chance(0.5);
    note(`${story.name}: replaced on ${server}${lost ? ', and forgotten' : ''}`);
    for (const one of stories.filter(({ title }) => title === story.title)) {
      // A mark that was taken away there, and not heard of yet, is not told from what a new file forgets.
      if (one.acts.some((act) => act.server === server && act.seen !== true && (lost || act.kind === 'unmark'))) one.unsure = true;
      if (!lost) continue;
      wipeUnseen(one, server);
      one.adrift = true;
      allowMarks(one, [server]);
      home.fake(server).setState(...placeOf(one, server), LOST);
    }
    home.fake(server).replaceCopy(story.items.get(server) ?? '', clock.now());
  }

  /** While a server is not listened to, somebody takes a mark away there: that is nobody's un-watch when it is listened to again. */
  async function turnAway(story: Story): Promise<void> {
    const server = someServer(story);
    const { id } = accountOf(personOf(story), server);
    await read();
    await calm();
    note(`${story.name}: ${server} is not listened to, and loses its mark`);
    await home.rooms.connections.update(id, { importEnabled: false }, { verify: false });
    wipeUnseen(story, server);
    if (story.acts.some((act) => act.server === server)) story.unsure = true;
    story.adrift = true;
    allowMarks(story, [server]);
    if (dice.chance(0.5)) await read();
    if (stateOn(story, server).played) home.fake(server).setState(...placeOf(story, server), LOST);
    if (dice.chance(0.5)) await read();
    await home.rooms.connections.update(id, { importEnabled: true }, { verify: false });
    // Until it has been looked at, it is a server that is seen for the first time.
    await read();
    recount(personOf(story), server);
  }

  /** A server that is seen as if for the first time: what it counts beyond the known plays is added. */
  function recount({ name }: Person, server: ServerKind): void {
    for (const one of stories.filter((each) => each.person === name && each.items.has(server)))
      one.doubtful += Math.max(0, stateOn(one, server).playCount - evenings(one.plays));
  }

  /** An account is removed and added again: what it counts beyond what is known is added, and nothing is taken away. */
  async function comeBack(story: Story): Promise<void> {
    const server = someServer(story);
    const person = personOf(story);
    const account = accountOf(person, server);
    note(`${person.name}: the account on ${server} is removed and added again`);
    await home.rooms.connections.remove(account.id, async (handle, gone) => {
      await home.rooms.watchSync.forgetAccount(gone, handle);
    });
    const as = person.users.get(server);
    person.accounts.set(server, await home.addBackend(server, { personId: person.id, ...(as && { as }) }));
    await hook();
    await read();
    recount(person, server);
    for (const one of stories.filter((each) => each.person === person.name && each.items.has(server))) {
      if (one.acts.some((act) => act.kind === 'unmark' && act.seen !== true)) one.unsure = true;
      if (one.acts.some((act) => act.kind === 'unmark')) allowMarks(one, [server]);
    }
  }

  /** Sick servers take their time. */
  const calm = (): Promise<void> => settled(home, 40_000);

  async function read(): Promise<void> {
    await importNow(home).catch((error: unknown) => {
      // An account may go while it is read.
      if (!sick && !isAppError(error, 'not-found')) throw error;
      note(`the import failed: ${messageOf(error)}`);
    });
  }

  async function rest(): Promise<void> {
    await calm();
    await importNow(home);
    await calm();
    await exportNow(home);
    await calm();
  }

  /** The calls do not say whose they were: those of all persons, and what all of them had a reason for. */
  function marksBeyond(story: Story, kind: ServerKind): number {
    const item = story.items.get(kind) ?? '';
    const sent = home.fake(kind).calls.filter(({ method, path, query }) => {
      if (kind === 'plex') return path.includes('/:/scrobble') && (query.key ?? query.ratingKey) === item;
      return method === 'POST' && path.split('/').includes(item) && /PlayedItems/i.test(path);
    }).length;
    const alike = stories.filter((one) => one.title === story.title);
    return sent - alike.reduce((sum, one) => sum + (one.mayMark.get(kind) ?? 0), 0);
  }

  function faultsOnServer(story: Story, kind: ServerKind): readonly string[] {
    const { played, positionMs } = stateOn(story, kind);
    // Watched elsewhere while it was in the middle there: it is left as it stands.
    const begun = story.watched && !played && positionMs > 0;
    const beyond = marksBeyond(story, kind);
    const place = story.watched ? undefined : mustStandAt(story);
    return [
      ...(played !== story.watched && !begun ? [`${kind} shows ${played ? 'watched' : 'not watched'}, the history the other`] : []),
      ...(beyond > 0 ? [`${beyond} marks too many were sent to ${kind}`] : []),
      ...(place !== undefined && place !== positionMs ? [`${kind} stands at ${positionMs / MINUTE} min instead of ${place / MINUTE}`] : []),
    ];
  }

  async function faultsOf(story: Story): Promise<readonly string[]> {
    const [kind, item] = [...story.items][0] ?? [];
    if (kind === undefined || item === undefined) return [];
    const { viewing, plays } = await standing(home, accountOf(personOf(story), kind), item);
    const watched = viewing?.watched === true;
    const expected = mustBeWatched(story);
    const did = story.acts.map((act) => `${act.kind} on ${act.server}`).join(', ') || 'nothing';
    story.watched = watched;
    const [fewest, most] = playsOf(story);
    return [
      ...(expected !== undefined && expected !== watched ? [`${watched ? 'watched' : 'not watched'} after ${did}`] : []),
      ...(plays.length < fewest || plays.length > most ? [`${plays.length} plays instead of ${fewest} to ${most}`] : []),
      ...[...story.items.keys()].flatMap((one) => faultsOnServer(story, one)),
    ];
  }

  return {
    diary,
    dice,
    calm,
    rest,
    read,
    async act(): Promise<void> {
      const story = dice.pick(stories);
      const roll = dice.below(100);
      if (roll < 8) await here(story);
      else if (roll < 14) replace(story);
      else if (roll < 17 && !sick) await turnAway(story);
      else if (roll < 20 && !sick) await comeBack(story);
      else await atAServer(story);
    },
    async restart(): Promise<void> {
      note('the house is started anew');
      await home.restart();
      await hook();
    },
    /** One server is sick for a while. */
    sicken(): void {
      const kind = dice.pick(ALL_SERVERS);
      const mood = dice.pick(MOODS);
      sick = true;
      note(`${kind} is ${mood}`);
      home.fake(kind).setMood(mood, { times: 1 + dice.below(8), retryAfterS: 1 });
    },
    heal(): void {
      sick = false;
      for (const kind of ALL_SERVERS) home.fake(kind).setMood('fine');
    },
    /** At rest: what must hold and does not, as sentences. What was seen now is where the next days begin. */
    async faults(): Promise<readonly string[]> {
      const found: string[] = [...(await orderFaults(home.rooms.database))];
      for (const story of stories) {
        found.push(...(await faultsOf(story)).map((fault) => `${story.name}: ${fault}`));
        Object.assign(story, { acts: [], unsure: false, adrift: false });
      }
      return found;
    },
    /** At rest, another round must find nothing to do. */
    async disturbed(): Promise<readonly string[]> {
      const before = ALL_SERVERS.map((kind) => changesMade(home, kind).length);
      await rest();
      return ALL_SERVERS.flatMap((kind, index) =>
        changesMade(home, kind)
          .slice(before[index])
          .map((call) => `${kind} was changed at rest: ${call.method} ${call.path}`),
      );
    },
  };
}
