/** What a file name says of the episodes in it. `season` is absent where the name tells none. */
export type EpisodeRange = Readonly<{ season?: number; first: number; last: number }>;

/** Longer ranges are read as one episode: names of whole seasons and stray numbers look like ranges too. */
export const MAX_EPISODE_RANGE = 5;

/** A further episode: `E02`, `-E02`, ` - E02`, `-02`, `.S01E02`. Digits that run on into a word (`-1080p`) are none. */
const TAIL = String.raw`(?:\s*[-._ ]?\s*(?:S(\d{1,4}))?E(\d{1,4})|-(\d{1,3}))(?!\d)(?!(?![SE]\d)[a-z])`;
const TAILS = new RegExp(TAIL, 'giy');
const SEASON_EPISODE = /(?<![a-z\d])S(\d{1,4})[-._ ]?E(\d{1,4})(?!\d)/i;
const WORDS = /(?<![a-z\d])Season[-._ ]*(\d{1,4})[-._ ]*Episode[-._ ]*(\d{1,4})(?:-(\d{1,4})(?![\da-z]))?/i;
const CROSS = /(?<![a-z\d])(\d{1,2})x(\d{1,3})(?:-(?:\1x)?(\d{1,3}))?(?![\da-z])/i;
const EPISODE_ALONE = /(?<![a-z\d])E(\d{1,4})(?:-?E(\d{1,4}))?(?![\da-z])/i;
const EPISODE_WORD = /(?<![a-z])Episode[-._ ]*(\d{1,4})(?:-(\d{1,4})(?![\da-z]))?/i;

/**
 * Reads the episodes out of a path's last segment, by the first grammar that fits: `S01E01` with further episodes, `Season 1
 * Episode 1-2`, `1x01-02`, `E01-E02`, `Episode 1-2`. Undefined where the name tells none. Further episodes of another season end
 * the range. It speaks of the name alone: whether to believe it is for who knows the server's own numbers.
 */
export function parseEpisodeRange(path: string): EpisodeRange | undefined {
  const name = lastSegment(path);
  const coded = SEASON_EPISODE.exec(name);
  if (coded) return withTails(name, coded.index + coded[0].length, Number(coded[1]), Number(coded[2]));
  const words = WORDS.exec(name) ?? CROSS.exec(name);
  if (words) return ordered([Number(words[2]), words[3]], Number(words[1]));
  const alone = EPISODE_ALONE.exec(name) ?? EPISODE_WORD.exec(name);
  return alone ? ordered([Number(alone[1]), alone[2]]) : undefined;
}

/** The range's episodes in order; the first alone where there are more than `max`. */
export function listEpisodes(range: Readonly<{ first: number; last: number }>, max: number = MAX_EPISODE_RANGE): readonly number[] {
  const count = range.last - range.first + 1;
  if (count <= 1 || count > max) return [range.first];
  return Array.from({ length: count }, (_, step) => range.first + step);
}

function withTails(name: string, from: number, season: number, first: number): EpisodeRange {
  let range = { season, first, last: first };
  TAILS.lastIndex = from;
  for (let tail = TAILS.exec(name); tail; tail = TAILS.exec(name)) {
    if (tail[1] !== undefined && Number(tail[1]) !== season) break;
    const episode = Number(tail[2] ?? tail[3]);
    range = { season, first: Math.min(range.first, episode), last: Math.max(range.last, episode) };
  }
  return range;
}

function ordered([start, end]: readonly [number, string | undefined], season?: number): EpisodeRange {
  const other = end === undefined ? start : Number(end);
  return { ...(season !== undefined && { season }), first: Math.min(start, other), last: Math.max(start, other) };
}

function lastSegment(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
