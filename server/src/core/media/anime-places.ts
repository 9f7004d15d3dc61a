import type { AnimeSpan, MappedAnime } from './anime-mapping.ts';

export type TvdbNumber = Readonly<{ season: number; number: number }>;
export type NativeNumber = Readonly<{ special: boolean; number: number }>;

const holds = (span: AnimeSpan, { special, number }: NativeNumber): boolean =>
  span.special === special && number >= span.first && (span.last === undefined || number <= span.last);

/** The spans that decide about a native number: of the lowest rank that holds it, several only where it was mapped one by one. */
function decisive(spans: readonly AnimeSpan[], native: NativeNumber): readonly AnimeSpan[] {
  const holding = spans.filter((span) => holds(span, native));
  const rank = Math.min(...holding.map((span) => span.rank));
  const best = holding.filter((span) => span.rank === rank);
  return rank === 0 ? best : best.slice(0, 1);
}

/** Where a native number is by TVDB; empty where it is nowhere, or nothing says where. */
export function tvdbNumbersOf({ spans }: Pick<MappedAnime, 'spans'>, native: NativeNumber): readonly TvdbNumber[] {
  return decisive(spans, native).flatMap(({ season, shift }) => {
    const number = shift === 'nowhere' ? 0 : native.number + shift;
    return number > 0 ? [{ season, number }] : [];
  });
}

/** The native numbers that are this episode of TVDB, each with the rank of what says so. */
export function nativeNumbersOf(
  { spans }: Pick<MappedAnime, 'spans'>,
  tvdb: TvdbNumber,
): readonly (NativeNumber & Readonly<{ rank: AnimeSpan['rank'] }>)[] {
  const found = new Map<string, NativeNumber & Readonly<{ rank: AnimeSpan['rank'] }>>();
  for (const span of spans) {
    if (span.season !== tvdb.season || span.shift === 'nowhere') continue;
    const native = { special: span.special, number: tvdb.number - span.shift };
    if (native.number < 1 || !decisive(spans, native).includes(span)) continue;
    found.set(`${native.special} ${native.number}`, { ...native, rank: span.rank });
  }
  return [...found.values()].sort((one, other) => one.number - other.number);
}
