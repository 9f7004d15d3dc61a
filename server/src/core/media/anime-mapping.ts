import type { ExternalIds } from '#kernel/external-ids.ts';

/**
 * Native numbers `first` to `last` (open where absent) and where they are by TVDB: the native episode n is episode n + `shift` of `season`.
 * `nowhere`: TVDB has none of them. Among spans that hold a number the one of the lowest rank decides: `0` was mapped one by one, `1` as a
 * range, `2` is the rule of the whole title. Several of rank 0 say that one native episode is several of TVDB.
 */
export type AnimeSpan = Readonly<{
  /** Of the native specials, which have numbers of their own. */
  special: boolean;
  first: number;
  last?: number;
  season: number;
  shift: number | 'nowhere';
  rank: 0 | 1 | 2;
}>;

/** One title as anime sites know it: a cour, a film, an OVA. */
export type MappedAnime = Readonly<{
  /** Of anidb, mal, anilist, kitsu and simkl, as far as the file has them. */
  ids: ExternalIds;
  title?: string;
  /** In lower case: tv, movie, ova, ona, special. */
  kind?: string;
  /** The series of TVDB that it is a part of. */
  tvdb?: string;
  spans: readonly AnimeSpan[];
}>;

/** A mapping file as it was read. `format` names the kind of file, of which one is loaded at a time. */
export type AnimeMapping = Readonly<{ format: string; entries: readonly MappedAnime[] }>;

/**
 * Titles that follow each other in one season of TVDB begin where the one before ends: what was open goes no further than to the first
 * episode of the next. Files do not say how many episodes a title has.
 */
export function boundSpans(entries: readonly MappedAnime[]): readonly MappedAnime[] {
  const beginnings = new Map<string, number[]>();
  const placeOf = (entry: MappedAnime, span: AnimeSpan): string => `${entry.tvdb} ${span.season}`;
  const isOpenRule = (span: AnimeSpan): span is AnimeSpan & { shift: number } =>
    span.rank === 2 && span.last === undefined && span.shift !== 'nowhere';
  for (const entry of entries) {
    for (const span of entry.spans) {
      if (!isOpenRule(span)) continue;
      const place = placeOf(entry, span);
      beginnings.set(place, [...(beginnings.get(place) ?? []), span.shift]);
    }
  }
  return entries.map((entry) => {
    const spans = entry.spans.map((span) => {
      if (!isOpenRule(span)) return span;
      const later = (beginnings.get(placeOf(entry, span)) ?? []).filter((shift) => shift > span.shift);
      return later.length === 0 ? span : { ...span, last: Math.min(...later) - span.shift };
    });
    return { ...entry, spans };
  });
}
