import { expect } from 'vitest';
import { type FakeSeerr, type FakeSeerrRequest, PERMISSION } from '#integrations/seerr/seerr.fake.ts';
import type { DeskHousehold } from '#tests/support/desks.ts';
import type { Dice } from './seeded-household.ts';

const MOVIES = 12;
const SHOWS = 6;
/** Titles of the subordinates alone begin here: nothing of them is anybody's business. */
const FOREIGN = 5_000;
const WHOLE = -1;
const ACTIVE: readonly string[] = ['pending', 'approved', 'failed'];
const DECIDED: readonly string[] = ['approved', 'failed', 'completed'];

type Titled = Pick<FakeSeerrRequest, 'kind' | 'tmdbId' | 'is4k'>;
const titleOf = ({ kind, tmdbId }: Pick<Titled, 'kind' | 'tmdbId'>): string => `${kind}:${tmdbId}`;
const qualityOf = (one: Titled): string => `${titleOf(one)}:${one.is4k}`;
const partsOf = (one: Pick<FakeSeerrRequest, 'seasons'>): readonly number[] =>
  one.seasons.length === 0 ? [WHOLE] : one.seasons.map((season) => season.number);
const inWords = (one: FakeSeerrRequest): string =>
  `${one.id} ${qualityOf(one)} [${partsOf(one).join()}] ${one.status} by ${one.requestedBy}`;

export type SeededRequests = ReturnType<typeof seedRequests>;

/** People ask, decide, edit and delete by the dice, on the primary and on the subordinates; and it is known what may and what must come of it. */
export function seedRequests(house: DeskHousehold, dice: Dice, names: readonly string[]) {
  const { primary } = house;
  const alice = house.person(
    'alice',
    Object.fromEntries(['primary', ...names].map((name) => [name, PERMISSION.REQUEST | PERMISSION.REQUEST_4K])),
  );
  // Approved at once on the first subordinate: what waits on the primary has to wait for its decision there.
  const bob = house.person('bob', { [names[0] ?? '']: PERMISSION.REQUEST | PERMISSION.AUTO_APPROVE });
  const franks = new Map(
    names.map((name) => [name, house.sub(name).addUser({ name: 'frank', email: `frank@${name}.test`, permissions: PERMISSION.REQUEST })]),
  );
  const everApproved = new Set<string>();
  const removed = new Set<string>();
  const foreign = new Map(names.map((name) => [name, new Map<number, string>()]));
  const seen = new Map(names.map((name) => [name, new Map<string, FakeSeerrRequest>()]));

  const noteDecided = (): void => {
    for (const one of primary.requests())
      if (DECIDED.includes(one.status)) for (const part of partsOf(one)) everApproved.add(`${qualityOf(one)}:${part}`);
  };
  const seasons = (): readonly number[] => {
    const some = [1, 2, 3, 4].filter(() => dice.chance(0.4));
    return some.length > 0 ? some : [1 + dice.below(4)];
  };
  const aTitle = () =>
    dice.chance(0.6)
      ? { kind: 'movie' as const, tmdbId: 1 + dice.below(MOVIES), is4k: dice.chance(0.25) }
      : { kind: 'tv' as const, tmdbId: 1 + dice.below(SHOWS), is4k: false, seasons: seasons() };
  const those = (desk: FakeSeerr, fits: (one: FakeSeerrRequest) => boolean): FakeSeerrRequest | undefined => {
    const found = desk.requests().filter(fits);
    return found.length === 0 ? undefined : dice.pick(found);
  };
  /** What a desk refuses is refused to a person, too. */
  const ask = (desk: FakeSeerr, user: number, title: ReturnType<typeof aTitle>): number | undefined => {
    try {
      return desk.ask(user, title);
    } catch {
      return undefined;
    }
  };

  /** What the dice say, and where there is nothing of the kind, something is completed. */
  function actOnPrimary(): void {
    const roll = dice.below(10);
    const pending = those(primary, (one) => one.status === 'pending');
    const approved = those(primary, (one) => one.status === 'approved');
    if (roll < 5) ask(primary, dice.pick([alice.primary ?? 0, bob.primary ?? 0, primary.ownerId]), aTitle());
    else if (roll < 7 && pending) primary.approve(pending.id);
    else if (roll === 7 && pending) primary.decline(pending.id);
    else if (roll === 8 && pending?.kind === 'tv') primary.edit(pending.id, seasons());
    else if (approved) primary.complete(approved.id);
  }

  function askForOwn(name: string): void {
    const { tmdbId, ...title } = aTitle();
    const desk = house.sub(name);
    const id = ask(desk, franks.get(name) ?? 0, { ...title, tmdbId: tmdbId + FOREIGN, is4k: false } as ReturnType<typeof aTitle>);
    const made = id === undefined ? undefined : desk.request(id);
    if (made) foreign.get(name)?.set(made.id, inWords(made));
  }

  function actOnSubordinate(name: string, mayMeet: boolean): void {
    const desk = house.sub(name);
    const roll = dice.below(4);
    const approved = those(desk, (one) => one.status === 'approved' && one.tmdbId < FOREIGN);
    if (roll < 2) askForOwn(name);
    else if (roll === 2 && mayMeet) ask(desk, franks.get(name) ?? 0, { ...aTitle(), is4k: false });
    else if (approved) desk.complete(approved.id);
  }

  const isFranks = (name: string, one: FakeSeerrRequest): boolean => one.requestedBy === franks.get(name);

  function expectOthersUntouched(name: string, all: readonly FakeSeerrRequest[]): void {
    for (const [id, words] of foreign.get(name) ?? [])
      expect(all.filter((one) => one.id === id).map(inWords), `${name}: not ours`).toEqual([words]);
  }

  function expectOnlyApproved(name: string, ours: readonly FakeSeerrRequest[]): void {
    const parts = ours.filter((one) => DECIDED.includes(one.status)).flatMap((one) => partsOf(one).map((part) => ({ one, part })));
    for (const { one, part } of parts)
      expect(everApproved, `${name}: ${inWords(one)} was never approved`).toContain(`${qualityOf(one)}:${part}`);
  }

  function expectOnce(name: string, ours: readonly FakeSeerrRequest[]): void {
    for (const [quality, group] of Map.groupBy(
      ours.filter((one) => ACTIVE.includes(one.status)),
      qualityOf,
    )) {
      const parts = group.flatMap(partsOf);
      expect(new Set(parts).size, `${name}: ${quality} is asked for twice: ${group.map(inWords).join('; ')}`).toBe(parts.length);
    }
  }

  function expectOnlyRemovedAreGone(name: string): void {
    const deleted = house.sub(name).changes.filter(({ method, status }) => method === 'DELETE' && status === 204);
    for (const { path } of deleted) {
      const was = seen.get(name)?.get(path.split('/').at(-1) ?? '');
      expect(removed, `${name}: deleted ${was ? inWords(was) : path}`).toContain(was && titleOf(was));
    }
  }

  return {
    /** `mayMeet`: people of the subordinates ask for the same titles, too, in the same moment. One request at most is deleted. */
    live(acts: number, mayMeet: boolean): void {
      for (let act = 0; act < acts; act += 1) {
        if (dice.chance(0.75)) actOnPrimary();
        else actOnSubordinate(dice.pick(names), mayMeet);
        noteDecided();
      }
      const gone = dice.chance(0.7) ? those(primary, () => primary.requests().length > 3) : undefined;
      if (gone) {
        removed.add(titleOf(gone));
        primary.remove(gone.id);
      }
      this.look();
    },

    /** Remembers what there was, so that a deletion can be told by its title. */
    look(): void {
      for (const name of names) for (const one of house.sub(name).requests()) seen.get(name)?.set(String(one.id), one);
    },

    /** To be held after each step, however sick everybody is. */
    expectNothingWrong(): void {
      for (const name of names) {
        const all = house.sub(name).requests();
        const shared = all.filter((one) => one.tmdbId < FOREIGN);
        const ours = shared.filter((one) => !isFranks(name, one));
        expectOthersUntouched(name, all);
        expectOnlyApproved(name, ours);
        expectOnce(name, ours);
        expectOnlyRemovedAreGone(name);
      }
    },

    /** To be held once everybody is well again and has come to rest. */
    async expectAllThere(): Promise<void> {
      const wanted = primary.requests().filter((one) => ACTIVE.includes(one.status));
      for (const name of names) {
        const there = house
          .sub(name)
          .requests()
          .filter((one) => one.tmdbId < FOREIGN);
        for (const one of wanted) {
          const has = there.filter((each) => qualityOf(each) === qualityOf(one)).flatMap(partsOf);
          if (partsOf(one).every((part) => has.includes(part))) continue;
          const [standing] = (await house.rooms.requestReplication.whereIs(one)).filter(({ request }) => request.upstreamId === one.id);
          const own = standing?.subordinates.find(({ subordinate }) => subordinate === `internal:${name}`);
          expect([own?.state, one.status], `${name} lacks ${inWords(one)}: ${own?.reason}`).toEqual(['waiting', 'pending']);
        }
        const approved = new Set(
          wanted.filter((one) => one.status !== 'pending').flatMap((one) => partsOf(one).map((part) => `${qualityOf(one)}:${part}`)),
        );
        const undecided = there
          .filter((one) => one.status === 'pending' && !isFranks(name, one))
          .filter((one) => partsOf(one).every((part) => approved.has(`${qualityOf(one)}:${part}`)));
        expect(undecided.map(inWords), `${name}: approved on the primary`).toEqual([]);
        const titles = new Set(primary.requests().map(titleOf));
        const left = there.filter((one) => !isFranks(name, one) && !titles.has(titleOf(one)));
        expect(left.map(inWords), `${name}: left behind`).toEqual([]);
      }
    },
  };
}
