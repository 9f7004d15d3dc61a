import { readdir } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';

/** A file of subtitles that lies beside its film. */
export type Sidecar = Readonly<{
  path: string;
  /** Lower case, without its dot. */
  format: SubtitleFormat;
  language?: string;
  isForced: boolean;
  /** What its name says besides: `sdh`, `commentary`. */
  note?: string;
}>;

export const SUBTITLE_FORMATS = ['srt', 'ass', 'ssa', 'vtt', 'webvtt'] as const;
export type SubtitleFormat = (typeof SUBTITLE_FORMATS)[number];

const LANGUAGE = /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i;
const NOTES: ReadonlySet<string> = new Set(['sdh', 'cc', 'hi', 'forced', 'foreign', 'default', 'full', 'commentary']);

/**
 * Whether a file beside the film holds its subtitles: it has the film's whole name, and then nothing, or a dot and what it is
 * (`Film (2024).en.forced.srt`). `Film 2.srt` is of another film.
 */
export function readSidecar(film: string, name: string): Omit<Sidecar, 'path'> | undefined {
  const extension = extname(name).slice(1).toLowerCase();
  const format = SUBTITLE_FORMATS.find((one) => one === extension);
  const stem = basename(film, extname(film));
  const rest = name.slice(stem.length, -extension.length - 1);
  if (!format || !name.toLowerCase().startsWith(stem.toLowerCase()) || !(rest === '' || rest.startsWith('.'))) return undefined;
  const words = rest.split('.').filter((word) => word !== '');
  const notes = words.filter((word) => NOTES.has(word.toLowerCase()));
  const language = words.find((word) => LANGUAGE.test(word) && !NOTES.has(word.toLowerCase()));
  const others = words.filter((word) => word !== language && !/^(forced|foreign|default)$/i.test(word));
  return {
    format,
    ...(language !== undefined && { language: language.toLowerCase() }),
    isForced: notes.some((word) => /^(forced|foreign)$/i.test(word)),
    ...(others.length > 0 && { note: others.join(' ') }),
  };
}

/** In the order of their names. A folder that cannot be read holds none. */
export async function findSidecars(film: string): Promise<readonly Sidecar[]> {
  const folder = dirname(film);
  const names = await readdir(folder).catch(() => []);
  return names.sort().flatMap((name) => {
    const read = readSidecar(film, name);
    return read ? [{ path: join(folder, name), ...read }] : [];
  });
}

const namesOf = new Intl.DisplayNames(['en'], { type: 'language' });

/** `English` for `en` and `eng`; the code itself where it is none that is known. */
export function languageName(code: string): string {
  try {
    return namesOf.of(code) ?? code;
  } catch {
    return code;
  }
}
