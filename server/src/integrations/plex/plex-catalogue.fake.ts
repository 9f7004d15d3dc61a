import { randomBytes } from 'node:crypto';

export type CataloguedTitle = Readonly<{
  id: string;
  kind: 'movie' | 'show';
  title: string;
  year: number | undefined;
  /** `imdb://tt…` and the like. */
  guids: readonly string[];
}>;

export type PlexCatalogue = ReturnType<typeof createPlexCatalogue>;

export const hexId = (): string => randomBytes(12).toString('hex');

/** All titles that Plex knows: what it finds on servers has the same id there, behind `plex://movie/` or `plex://show/`. */
export function createPlexCatalogue() {
  const titles = new Map<string, CataloguedTitle>();
  const guidsOf = new Map<string, CataloguedTitle>();
  const byGuid = (kind: string, guid: string): CataloguedTitle | undefined => guidsOf.get(`${kind} ${guid}`);

  return {
    find: (id: string): CataloguedTitle | undefined => titles.get(id),
    byGuid,
    title(id: string): CataloguedTitle {
      const found = titles.get(id);
      if (found === undefined) throw new Error(`The fake Plex knows no title ${id}.`);
      return found;
    },
    /** The id of a title; one that is new gets its own. */
    idFor(kind: CataloguedTitle['kind'], { title, year, guids }: Omit<CataloguedTitle, 'id' | 'kind'>): string {
      const known = guids.map((guid) => byGuid(kind, guid)).find((found) => found !== undefined);
      if (known) return known.id;
      const id = hexId();
      const made = { id, kind, title, year, guids };
      titles.set(id, made);
      for (const guid of guids) guidsOf.set(`${kind} ${guid}`, made);
      return id;
    },
  };
}
