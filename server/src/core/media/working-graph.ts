import { type IdSets, idsContradict } from './match-title.ts';

/** A copy while a page is worked on; `id` is 0 until it is stored. */
export type WorkingCopy = { id: number };

/** "This server gives that number of that series to this medium." `copy` is undefined for a stored claim. */
export type Claim = Readonly<{ show: Medium; season: number; number: number; serverId: number | null; copyId: number }>;

/** A medium while a page is worked on; `id` is 0 until it is stored. */
export type Medium = {
  id: number;
  readonly kind: string;
  /** Empty where nobody has told it yet. */
  title: string;
  year: number | undefined;
  show: Medium | undefined;
  season: number | undefined;
  episode: number | undefined;
  readonly ids: Map<string, string[]>;
  readonly claims: Claim[];
  /** The medium that it turned out to be. */
  same: Medium | undefined;
};

export type NewId = Readonly<{ kind: string; provider: string; value: string; medium: Medium }>;
export type NewClaim = Readonly<{ show: Medium; season: number; number: number; medium: Medium; copy: WorkingCopy }>;
/** A number that was given to a second episode, or an episode that got a second number from one server. */
export type Clash = Readonly<{ show: Medium; season: number; number: number }>;

export type MediumFacts = Pick<Medium, 'id' | 'kind' | 'title' | 'year' | 'season' | 'episode'>;

/**
 * The part of the media graph that one page of items touches, in memory: loaded before, written after. It remembers what
 * is new, so that a page costs the same few statements whatever it holds.
 */
export type WorkingGraph = ReturnType<typeof createWorkingGraph>;

const SEASON_SPAN = 1_000_000;
const NONE: readonly Medium[] = [];

export function createWorkingGraph(apart: ReadonlySet<string>) {
  const byId = new Map<number, Medium>();
  const byKind = new Map<string, Map<string, Map<string, Medium>>>();
  const numbers = new Map<Medium, Map<number, Medium[]>>();
  const fresh = { media: [] as Medium[], ids: [] as NewId[], claims: [] as NewClaim[] };
  const found = { clashes: [] as Clash[], merges: [] as [from: Medium, into: Medium][], twoShows: [] as [one: Medium, other: Medium][] };
  const completed = new Set<Medium>();
  const named = new Set<Medium>();

  function current(medium: Medium): Medium {
    let last = medium;
    while (last.same) last = last.same;
    return last;
  }

  /** Who has an id of that provider, by its value. Maps within maps: a page asks for thousands, and texts made for asking are garbage. */
  function holders(kind: string, provider: string): Map<string, Medium> {
    const byProvider = byKind.get(kind) ?? new Map<string, Map<string, Medium>>();
    const byValue = byProvider.get(provider);
    if (byValue) return byValue;
    const made = new Map<string, Medium>();
    byKind.set(kind, byProvider.set(provider, made));
    return made;
  }

  /** Nearly always one medium or none. */
  function numberSlot(show: Medium, season: number, number: number): Medium[] {
    const slots = numbers.get(show) ?? new Map<number, Medium[]>();
    const key = season * SEASON_SPAN + number;
    const slot = slots.get(key);
    if (slot) return slot;
    const made: Medium[] = [];
    numbers.set(show, slots.set(key, made));
    return made;
  }

  const join = (slot: Medium[], medium: Medium): void => {
    if (!slot.includes(medium)) slot.push(medium);
  };

  function medium(facts: MediumFacts, show: Medium | undefined): Medium {
    const made: Medium = { ...facts, show, ids: new Map(), claims: [], same: undefined };
    if (facts.id !== 0) byId.set(facts.id, made);
    else fresh.media.push(made);
    return made;
  }

  function hold(owner: Medium, provider: string, value: string): void {
    const known = owner.ids.get(provider);
    if (known) known.push(value);
    else owner.ids.set(provider, [value]);
    holders(owner.kind, provider).set(value, owner);
  }

  function holdClaim(owner: Medium, claim: Claim): void {
    owner.claims.push(claim);
    join(numberSlot(claim.show, claim.season, claim.number), owner);
  }

  /** What was known by its ids alone gets the name of whoever tells one first. */
  function name(owner: Medium, { title, year }: Readonly<{ title: string; year?: number | undefined }>): void {
    if (owner.title !== '' || title === '') return;
    owner.title = title;
    owner.year ??= year;
    if (owner.id !== 0) named.add(owner);
  }

  function placeInShow(owner: Medium, show: Medium, season: number, number: number): void {
    if (owner.show !== undefined) {
      if (current(owner.show) !== show) found.twoShows.push([current(owner.show), show]);
      return;
    }
    owner.show = show;
    owner.season = season;
    owner.episode = number;
    if (owner.id !== 0) completed.add(owner);
  }

  return {
    apart,
    fresh,
    found,
    byId: (id: number): Medium | undefined => byId.get(id),
    byExternalId(kind: string, provider: string, value: string): Medium | undefined {
      const owner = holders(kind, provider).get(value);
      return owner && current(owner);
    },
    byNumber(show: Medium, season: number, number: number): readonly Medium[] {
      const slot = numbers.get(current(show))?.get(season * SEASON_SPAN + number);
      return slot === undefined ? NONE : [...new Set(slot.map(current))];
    },
    /** From the store. */
    load: { medium, id: hold, claim: holdClaim },
    create: (facts: Omit<MediumFacts, 'id'>, show: Medium | undefined): Medium => medium({ ...facts, id: 0 }, show),
    current,

    /** Gives the medium an id that nobody holds. False where another medium has it. */
    learn(owner: Medium, provider: string, value: string): boolean {
      const holder = holders(owner.kind, provider).get(value);
      if (holder) return current(holder) === owner;
      hold(owner, provider, value);
      fresh.ids.push({ kind: owner.kind, provider, value, medium: owner });
      return true;
    },

    /** The copy's server gives this number of the show to the medium. */
    claim(owner: Medium, show: Medium, season: number, number: number, serverId: number, copy: WorkingCopy): void {
      placeInShow(owner, show, season, number);
      const slot = numberSlot(show, season, number);
      if (slot.length > 0 && !slot.includes(owner)) found.clashes.push({ show, season, number });
      join(slot, owner);
      const otherwise = owner.claims.filter((one) => one.serverId === serverId && !sameNumber(one, { season, number }));
      for (const earlier of otherwise) found.clashes.push({ show: earlier.show, season: earlier.season, number: earlier.number });
      owner.claims.push({ show, season, number, serverId, copyId: copy.id });
      fresh.claims.push({ show, season, number, medium: owner, copy });
    },

    /** Media that had no series and now have one. */
    completed,
    /** Media that had no name and now have one. */
    named,
    name,

    /** From here on, `from` is `into`. What both know is known of `into`. */
    absorb(from: Medium, into: Medium): void {
      from.same = into;
      name(into, from);
      const told = [...from.ids].flatMap(([provider, values]) => values.map((value) => [provider, value] as const));
      for (const [provider, value] of told) if (!into.ids.get(provider)?.includes(value)) hold(into, provider, value);
      for (const claim of from.claims) holdClaim(into, claim);
      for (const slot of [...numbers.values()].flatMap((slots) => [...slots.values()])) {
        const place = slot.indexOf(from);
        if (place < 0) continue;
        slot.splice(place, 1);
        join(slot, into);
      }
      found.merges.push([from, into]);
    },

    /** A person parted them, or a server lists them side by side under different numbers. */
    heldApart: (one: Medium, other: Medium): boolean => apart.has(pairKey(one.id, other.id)) || listedApart(one.claims, other.claims),
  };
}

export const pairKey = (one: number, other: number): string => (one < other ? `${one} ${other}` : `${other} ${one}`);

type Numbered = Readonly<{ serverId: number | null; season: number; number: number }>;

/** Some server lists both, and never under the same number. */
export function listedApart(one: readonly Numbered[], other: readonly Numbered[]): boolean {
  return one.some((claim) => {
    if (claim.serverId === null) return false;
    const here = other.filter((theirs) => theirs.serverId === claim.serverId);
    return here.length > 0 && !here.some((theirs) => one.some((ours) => ours.serverId === theirs.serverId && sameNumber(ours, theirs)));
  });
}

const sameNumber = (one: Omit<Numbered, 'serverId'>, other: Omit<Numbered, 'serverId'>): boolean =>
  one.season === other.season && one.number === other.number;

/** Two series whose own ids say that they are two. */
export const showsContradict = (one: IdSets, other: IdSets): boolean => idsContradict(one, other);
