import { listEpisodes, parseEpisodeRange } from '#core/media/index.ts';

/** What the name of a file says of what is in it. Without `episodes` it is a movie, or nobody knows. */
export type FileTold = Readonly<{ title: string; year?: number; season?: number; episodes?: readonly number[] }>;

const EXTENSION = /\.(?:mkv|mp4|m4v|avi|mov|wmv|flv|webm|mpe?g|m2ts|ts|vob|iso|ogm|ogv|divx|rmvb|3gp|strm|srt|ass|sub|nfo)$/i;
/** Words that stand behind a title and never in one. */
const RELEASE =
  /(?<![a-z\d])(?:\d{3,4}[pi]|4k|uhd|hdr(?:10)?|dv|blu-?ray|b[dr]-?rip|dvd(?:-?rip|scr)?|web(?:-?dl|-?rip)?|hdtv|hdrip|remux|x26[45]|h\.?26[45]|hevc|xvid|divx|proper|repack|extended|unrated|multi|directors?[ .]cut)(?![a-z\d])/i;
const MARKER =
  /(?<![a-z\d])(?:S\d{1,4}[-._ ]?E\d{1,4}|Season[-._ ]*\d{1,4}[-._ ]*Episode|\d{1,2}x\d{1,3}(?![\da-z])|E\d{1,4}(?![\da-z])|Episode[-._ ]*\d)/i;
/** ` - 05`, ` - 05v2`, ` - 1042 [1080p]`: how fans number anime. */
const ABSOLUTE = /\s-\s(\d{1,4})(?:v\d)?(?=\s*(?:[[(]|$))/;
const SEASON_FOLDER = /^(?:(?:season|series|staffel|saison|temporada|stagione|s)[-._ ]*(\d{1,4})|specials?|extras?)(?![a-z\d])/i;
/** How files are called that are only a part of their folder. */
const NAMELESS = /^(?:disc|disk|cd|dvd|part|pt|movie|film|video|title|file|sample)[\s\d]*$/i;
const YEAR = /(?<!\d)(?:19|20)\d{2}(?!\d)/g;

/**
 * Reads a path as media centres name files: `Show (2010)/Season 1/Show - S01E02 - Name.mkv`, `Show.S01E02.1080p.mkv`, `[Group] Anime - 05`,
 * `Movie.Title.1999.BluRay.mkv`. Folders tell what the file's own name does not. Undefined where there is no title in it.
 */
export function readFileName(path: string): FileTold | undefined {
  const segments = path.split(/[/\\]+/).filter((segment) => segment.trim() !== '');
  const name = (segments.pop() ?? '').replace(EXTENSION, '');
  const folders = segments.toReversed();
  const folder = folders.find((segment) => !SEASON_FOLDER.test(segment));
  const episodes = episodesIn(name, seasonOf(folders[0]));
  const named = folder === undefined ? undefined : titleIn(folder);
  return episodes ? episodeTold(name, episodes, named) : movieTold(titleIn(name), named);
}

type Titled = Pick<FileTold, 'title' | 'year'>;
type EpisodesTold = Readonly<{ at: number; season?: number; numbers: readonly number[] }>;

function episodeTold(name: string, { at, season, numbers }: EpisodesTold, folder: Titled | undefined): FileTold | undefined {
  const titled = titleIn(name.slice(0, at)) ?? folder;
  return titled && { ...titled, ...(season !== undefined && { season }), episodes: numbers };
}

function movieTold(own: Titled | undefined, folder: Titled | undefined): FileTold | undefined {
  if (!own || !folder || own.year !== undefined) return own ?? folder;
  // A folder with a year in its name says more than a file without one.
  return NAMELESS.test(own.title) || (folder.year !== undefined && startsAlike(own.title, folder.title)) ? folder : own;
}

function episodesIn(name: string, folderSeason: number | undefined): EpisodesTold | undefined {
  const range = parseEpisodeRange(name);
  const marker = MARKER.exec(name);
  const inFolder = folderSeason === undefined ? {} : { season: folderSeason };
  if (range && marker) {
    return { at: marker.index, ...inFolder, ...(range.season !== undefined && { season: range.season }), numbers: listEpisodes(range) };
  }
  const absolute = ABSOLUTE.exec(name.replaceAll('_', ' '));
  if (absolute) return { at: absolute.index, ...inFolder, numbers: [Number(absolute[1])] };
  // `401` in the folder of season 4; anywhere else three digits are too little to go by.
  const joined = folderSeason === undefined ? null : new RegExp(`(?<![\\d.])${folderSeason}(\\d\\d)(?![\\d])`).exec(name);
  return joined ? { at: joined.index, ...inFolder, numbers: [Number(joined[1])] } : undefined;
}

function seasonOf(folder: string | undefined): number | undefined {
  const found = folder === undefined ? null : SEASON_FOLDER.exec(folder);
  return found ? Number(found[1] ?? 0) : undefined;
}

/** The title before the year and the words of the release. A year at the very start is part of the title. */
function titleIn(text: string): Titled | undefined {
  const bare = text.replaceAll(/\{[^{}]*\}|\[[^[\]]*\]/g, ' ');
  const plain = (/\s/.test(bare.trim()) ? bare : bare.replaceAll(/[._]/g, ' ')).replaceAll('_', ' ');
  const release = RELEASE.exec(plain)?.index ?? plain.length;
  const years = [...plain.slice(0, release).matchAll(YEAR)].filter((year) => /[\p{L}\p{N}]/u.test(plain.slice(0, year.index)));
  const year = years.at(-1);
  const title = plain
    .slice(0, year?.index ?? release)
    .replaceAll(/[\s\-–([{]+$|^[\s\-–]+/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  if (!/[\p{L}\p{N}]/u.test(title)) return undefined;
  return { title, ...(year && { year: Number(year[0]) }) };
}

const startsAlike = (one: string, other: string): boolean =>
  one.toLowerCase().startsWith(other.toLowerCase()) || other.toLowerCase().startsWith(one.toLowerCase());
