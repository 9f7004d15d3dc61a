import type { TitleClaims } from '#core/media/index.ts';
import type { MediaId, PersonId } from '#kernel/ids.ts';
import { type AnimeParts, type PlacedTitle, withMapping } from './anime-parts.ts';
import { type Agreed, isPart, MOVIE_SLOT, placeOf, type RemoteSide, type Switches, type SyncFacts, sharedIds, slotKey } from './facts.ts';
import type { HereStore, TitleHere } from './here.store.ts';
import type { LibraryStore, StoredTitle } from './library.store.ts';

export type FactParts = Readonly<{ here: HereStore; library: LibraryStore; claims: TitleClaims; anime: AnimeParts }>;

/** Titles that are looked at together. */
const AT_ONCE = 200;

/** Finds out what titles of the other side are here; `create` makes those that nobody knew of, where something is to be taken of them. */
export async function placeTitles(
  { library, claims }: FactParts,
  { create, switches }: Readonly<{ create: boolean; switches: Switches }>,
): Promise<void> {
  const open = await library.unplaced();
  const wanted = ({ seen }: StoredTitle): boolean =>
    create &&
    seen !== undefined &&
    (seen.watched ||
      seen.episodes.length > 0 ||
      (switches.lists && seen.list !== undefined) ||
      (switches.ratings && seen.rating !== undefined));
  for (const [isWanted, some] of Map.groupBy(open, wanted)) {
    for (let from = 0; from < some.length; from += AT_ONCE) {
      const part = some.slice(from, from + AT_ONCE);
      const found = await claims.resolve(part.map(claimOf), { create: isWanted });
      await library.place(part.flatMap(({ number }, index) => (found[index] === undefined ? [] : [{ number, mediaId: found[index] }])));
    }
  }
}

function claimOf({ number, seen }: StoredTitle): Parameters<TitleClaims['resolve']>[0][number] {
  const { kind = 'show', ids = {}, title = '', year } = seen ?? {};
  // A season of an anime is known here by the show that it is a part of.
  const known = seen !== undefined && isPart(seen, ids) ? sharedIds(ids) : { ...ids, simkl: number };
  return { kind, ids: known, title, ...(year !== undefined && { year }) };
}

/** What is held against each other for these titles of the house, and for numbers there that nobody here knows. */
export async function gatherFacts(
  parts: FactParts,
  person: PersonId,
  { media, numbers }: Readonly<{ media: readonly MediaId[]; numbers: readonly number[] }>,
): Promise<readonly SyncFacts[]> {
  const own = await withMapping(parts.anime, await parts.library.ofNumbers(numbers));
  const titles = [...new Set([...media, ...own.flatMap((title) => title.mediaId ?? [])])];
  const open = await parts.library.open();
  const facts: SyncFacts[] = own.flatMap((title) => (title.mediaId === undefined && title.seen ? [strangerFacts(title)] : []));
  for (let from = 0; from < titles.length; from += AT_ONCE) {
    const some = titles.slice(from, from + AT_ONCE);
    const here = await parts.here.titles(person, some);
    const there = Map.groupBy(await withMapping(parts.anime, await parts.library.ofMedia(some)), (title) => title.mediaId);
    const agreed = Map.groupBy(await parts.library.agreedOf(some), (one) => one.titleId);
    const known = [...here.values()].map((title): SyncFacts => {
      const isOpen = open.filter((one) => one.titleId === title.mediaId);
      return {
        ...hereFacts(title),
        there: (there.get(title.mediaId) ?? []).map(sideOf),
        agreed: agreed.get(title.mediaId) ?? [],
        meant: new Map(),
        open: new Set(isOpen.map((one) => (one.what === 'watched' ? one.mediaId : one.what))),
      };
    });
    facts.push(...(await withMeaning(parts.claims, known)));
  }
  return facts;
}

const sideOf = ({ number, seen, list, rating, alone }: PlacedTitle): RemoteSide => ({
  number,
  ...(seen && { seen }),
  list,
  rating,
  ...(alone && { alone }),
});

const hereFacts = (title: TitleHere): Pick<SyncFacts, 'mediaId' | 'kind' | 'title' | 'year' | 'ids' | 'anime' | 'here'> => ({
  mediaId: title.mediaId,
  kind: title.kind,
  title: title.title,
  ...(title.year !== undefined && { year: title.year }),
  ids: title.ids,
  anime: title.anime,
  here: {
    watched: title.watched,
    hidden: title.hidden,
    ...(title.list && { list: title.list }),
    ...(title.rating && { rating: title.rating }),
  },
});

function strangerFacts(title: PlacedTitle): SyncFacts {
  const { kind = 'show', title: name = '', year, ids = {} } = title.seen ?? {};
  return {
    kind,
    title: name,
    ...(year !== undefined && { year }),
    ids,
    here: { watched: [], hidden: new Set() },
    there: [sideOf(title)],
    agreed: [],
    meant: new Map(),
    open: new Set(),
  };
}

/** Places there that were not agreed on before are looked up; what was agreed on stays what it was, however servers number it since. */
async function withMeaning(claims: TitleClaims, facts: readonly SyncFacts[]): Promise<readonly SyncFacts[]> {
  const asked = facts.flatMap((one, index) => {
    if (one.kind === 'movie' || one.mediaId === undefined) return [];
    const { mediaId: show } = one;
    const known = new Set(one.agreed.map((agreed: Agreed) => slotKey(agreed.number, agreed.own)));
    return one.there.flatMap(({ number, seen }) =>
      (seen?.episodes ?? []).flatMap((episode) => {
        const key = slotKey(number, episode);
        const slot = seen && placeOf(seen, seen.ids, episode);
        return slot === undefined || known.has(key) ? [] : [{ index, key, claim: { show, season: slot.season, number: slot.number } }];
      }),
    );
  });
  const meant = facts.map((one) => new Map<string, MediaId>(one.kind === 'movie' ? moviesMeant(one) : []));
  const found =
    asked.length === 0
      ? []
      : await claims.resolveManyEpisodes(
          asked.map(({ claim }) => claim),
          { create: false },
        );
  for (const [at, { index, key }] of asked.entries()) {
    const media = found[at];
    if (media !== undefined) meant[index]?.set(key, media);
  }
  return facts.map((one, index) => ({ ...one, meant: meant[index] ?? new Map() }));
}

const moviesMeant = ({ mediaId, there }: SyncFacts): readonly (readonly [string, MediaId])[] =>
  mediaId === undefined ? [] : there.map(({ number }) => [slotKey(number, MOVIE_SLOT), mediaId] as const);
