import type {
  ExportedEpisode,
  ExportedHistory,
  ExportedList,
  ExportedRating,
  ExportedRecord,
  ExportedStanding,
  ExportedTitle,
  ExportedWatch,
  LeftOut,
} from './history-file.port.ts';

type Draft = {
  title: ExportedTitle;
  place: string;
  watches: ExportedWatch[];
  standings: ExportedStanding[];
  list?: NonNullable<ExportedRecord['list']>;
  rating?: ExportedRating;
  memo?: NonNullable<ExportedRecord['memo']>;
};

export type ExportedTitles = ReturnType<typeof createExportedTitles>;

/**
 * Collects what several files of one export say of the same titles. Titles are the same where they share an id, or, where one of them has
 * none, kind, name and year.
 */
export function createExportedTitles() {
  const drafts: Draft[] = [];
  const byKey = new Map<string, Draft>();
  const leftOut: LeftOut[] = [];

  const namesOf = ({ kind, title, year }: ExportedTitle): string[] =>
    title === undefined ? [] : [`${kind} name ${title.toLowerCase()} ${year ?? ''}`];
  const idsOf = ({ kind, ids }: ExportedTitle): string[] => Object.entries(ids).map(([provider, id]) => `${kind} ${provider} ${id}`);

  function draftOf(title: ExportedTitle, place: string): Draft {
    const ids = idsOf(title);
    const byId = ids.map((key) => byKey.get(key)).find((draft) => draft !== undefined);
    const named = namesOf(title).map((key) => byKey.get(key))[0];
    const found = byId ?? (named !== undefined && (ids.length === 0 || Object.keys(named.title.ids).length === 0) ? named : undefined);
    const draft = found ?? { title, place, watches: [], standings: [] };
    if (found) found.title = { ...title, ...found.title, ids: { ...title.ids, ...found.title.ids } };
    else drafts.push(draft);
    for (const key of [...ids, ...namesOf(title)]) if (!byKey.has(key)) byKey.set(key, draft);
    return draft;
  }

  return {
    watched(title: ExportedTitle, watch: ExportedWatch, place: string): void {
      draftOf(title, place).watches.push(watch);
    },
    /** How often it was told to be watched so far: a title, or an episode of it. */
    watchesOf(title: ExportedTitle, place: string, episode?: Pick<ExportedEpisode, 'season' | 'number'>): readonly ExportedWatch[] {
      const { watches } = draftOf(title, place);
      return watches.filter((one) => one.episode?.season === episode?.season && one.episode?.number === episode?.number);
    },
    /** The last word holds. */
    listed(title: ExportedTitle, name: ExportedList, at: number | undefined, place: string): void {
      draftOf(title, place).list = { name, ...(at !== undefined && { at }) };
    },
    listOf: (title: ExportedTitle, place: string): ExportedRecord['list'] => draftOf(title, place).list,
    /** The newest one holds. */
    rated(title: ExportedTitle, rating: ExportedRating, place: string): void {
      const draft = draftOf(title, place);
      if ((draft.rating?.at ?? 0) <= (rating.at ?? 0)) draft.rating = rating;
    },
    noted(title: ExportedTitle, memo: NonNullable<ExportedRecord['memo']>, place: string): void {
      draftOf(title, place).memo = memo;
    },
    leave(place: string, reason: string): void {
      leftOut.push({ place, reason });
    },
    told: (unread: readonly string[]): ExportedHistory => ({ records: drafts, leftOut, unread }),
  };
}

/** Whole numbers from 1 to 10; undefined for what is none, which is no rating. */
export function ratingOf(value: unknown, at?: number): ExportedRating | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) return undefined;
  const rounded = Math.round(number);
  return rounded >= 1 && rounded <= 10 ? { value: rounded, ...(at !== undefined && { at }) } : undefined;
}

/** `Bodyguard (2018)` is `Bodyguard` of 2018. */
export function nameAndYear(text: string): Readonly<{ title: string; year?: number }> {
  const [, title, year] = /^(.+?)\s*\((\d{4})\)$/.exec(text.trim()) ?? [];
  return title === undefined || year === undefined ? { title: text.trim() } : { title, year: Number(year) };
}

export const baseName = (path: string): string => path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
