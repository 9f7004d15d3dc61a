import { type ExternalIds, isProvider } from './external-ids.ts';

/** What a copy says of the title that it holds: all that matching may look at. */
export type Subject = Readonly<{
  kind: 'movie' | 'episode';
  title: string;
  year?: number;
  ids: ExternalIds;
  show?: Readonly<{ upstreamId: string; title: string; year?: number; ids: ExternalIds }>;
  season?: number;
  episodes?: readonly number[];
  path?: string;
}>;

/** One title of a subject: the movie, or one of its episodes. */
export type Unit = Readonly<{ ids: ExternalIds; season?: number; number?: number }>;

export type SignatureOptions = Readonly<{ customProviders: ReadonlySet<string>; matchByPath: boolean }>;

/** The weak provider under which the end of a file's path stands as an id, where a person asked for it. */
export const PATH = 'path';

const NO_IDS: ExternalIds = {};

/** The ids whose provider we know, in the object given where that is all of them. */
export function knownIds(ids: ExternalIds, custom: ReadonlySet<string>): ExternalIds {
  const known = (provider: string): boolean => provider !== PATH && (isProvider(provider) || custom.has(provider));
  let all = true;
  for (const provider in ids) if (!known(provider) || !ids[provider]) all = false;
  return all ? ids : Object.fromEntries(Object.entries(ids).filter(([provider, value]) => known(provider) && value));
}

/**
 * The titles of a subject, in order. The direct ids of a file of several episodes belong to its first. An episode that
 * carries its series' imdb id says nothing by it: that number space is shared by all kinds, and taking it would make all
 * episodes of the series one.
 */
export function unitsOf(subject: Subject, options: SignatureOptions): readonly Unit[] {
  let ids = knownIds(subject.ids, options.customProviders);
  if (subject.kind === 'episode' && ids.imdb !== undefined && ids.imdb === subject.show?.ids.imdb) {
    const { imdb: _, ...own } = ids;
    ids = own;
  }
  const numbers = subject.kind === 'episode' && subject.episodes?.length ? subject.episodes : [undefined];
  return numbers.map((number, place) => {
    const direct = place === 0 ? ids : NO_IDS;
    const key = options.matchByPath ? pathKey(subject, number) : undefined;
    return {
      ids: key === undefined ? direct : { ...direct, [PATH]: key },
      ...(number !== undefined && { number, ...(subject.season !== undefined && { season: subject.season }) }),
    };
  });
}

/**
 * The end of a path as an id: folder and file of a movie; series folder, season folder, file and number of an episode.
 * Roots differ between servers and are left out. Undefined where there are too few segments to mean anything.
 */
export function pathKey(subject: Subject, number: number | undefined): string | undefined {
  const segments = (subject.path ?? '').replaceAll('\\', '/').toLowerCase().split('/').filter(Boolean);
  const wanted = subject.kind === 'movie' ? 2 : 3;
  if (segments.length < wanted || !/\.[^.]+$/.test(segments.at(-1) ?? '')) return undefined;
  const end = segments.slice(-wanted).join('/');
  if (subject.kind === 'movie') return end;
  return subject.season === undefined || number === undefined ? undefined : `${end}/${subject.season}/${number}`;
}

/** A title as it is compared: letters and digits of any script, without case, accents, articles or punctuation. */
export const plainTitle = (title: string): string =>
  title
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}|^(the|a|an|der|die|das|le|la|les|el) /gu, '')
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
