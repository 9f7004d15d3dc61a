import { isAbsolute } from 'node:path';
import { Type } from 'typebox';
import { defineSetting } from '#core/settings/index.ts';

/** Where a folder that a server speaks of is on this machine. */
export type PathMapping = Readonly<{ from: string; to: string }>;

/** A file of a server as this machine would reach it. Whether it is there is another question. */
export type Place = Readonly<{
  path: string;
  /** The folder above it that is there as a whole or not at all: a disk, a share. */
  root: string;
  /** Whether somebody said where it is; else the path is the server's own, and `root` its first folder. */
  mapped: boolean;
}>;

const Folder = Type.String({ minLength: 1, maxLength: 1_000, pattern: '^(/|[A-Za-z]:[\\\\/]|\\\\\\\\)[^\\u0000]*$' });

/** For each account: the folders of its server, as they are reached here. */
export const PATH_MAPPINGS = defineSetting({
  key: 'connections.path-mappings',
  schema: Type.Array(Type.Object({ from: Folder, to: Folder }, { additionalProperties: false }), { maxItems: 50 }),
  default: [],
  scope: 'account',
  description:
    'Where the folders of this server are on the machine that runs Usherr: a list of {"from": folder as the server names it, "to": folder here}.',
});

/** What may be read at all. */
export const MEDIA_FOLDERS = defineSetting({
  key: 'connections.media-folders',
  schema: Type.Array(Folder, { maxItems: 100 }),
  default: [],
  scope: 'house',
  description:
    'Folders of this machine below which files of media may be read. Empty: owners and admins may read whatever their servers name, and nobody else anything.',
});

const WINDOWS = /^([A-Za-z]:[\\/]|\\\\)/;

/** Servers on Windows separate by either slash, and do not tell `Films` from `films`. */
const isWindows = (path: string): boolean => WINDOWS.test(path);
const stepsOf = (path: string, windows: boolean): string[] => path.split(windows ? /[\\/]+/ : /\/+/).filter((step) => step !== '');

/** No server writes such a path; whoever does wants to leave a folder. Either slash counts, whatever system the path is of. */
const climbs = (path: string): boolean => path.split(/[\\/]/).some((step) => step === '..' || step === '.');

/**
 * The place of a file that a server named, by the longest folder that fits; as it is named where none does. Undefined where it has none
 * here: a path of another system without a mapping, one that climbs (`..`), or one that is no whole path.
 */
export function placeOf(reported: string, mappings: readonly PathMapping[]): Place | undefined {
  const windows = isWindows(reported);
  const steps = stepsOf(reported, windows);
  if (reported.includes('\0') || steps.length === 0 || climbs(reported)) return undefined;
  const [fitting] = mappings
    .map(({ from, to }) => ({ from, to, start: stepsOf(from, windows) }))
    .filter(({ from, start }) => isWindows(from) === windows && startsWith(steps, start, windows))
    .sort((one, other) => other.start.length - one.start.length);
  if (!fitting) return isAbsolute(reported) ? { path: reported, root: topOf(reported, steps, windows), mapped: false } : undefined;
  const rest = steps.slice(fitting.start.length);
  const path = joined(fitting.to, rest);
  return path !== undefined && isAbsolute(path) ? { path, root: fitting.to, mapped: true } : undefined;
}

function startsWith(steps: readonly string[], start: readonly string[], windows: boolean): boolean {
  const plain = (step: string | undefined): string | undefined => (windows ? step?.toLowerCase() : step);
  return start.length < steps.length && start.every((step, index) => plain(step) === plain(steps[index]));
}

/** A name of a Linux server may hold what separates, or names a stream, on Windows: joined there, it would mean another file. */
function joined(folder: string, rest: readonly string[]): string | undefined {
  const separator = isWindows(folder) ? '\\' : '/';
  if (separator === '\\' && rest.some((step) => /[\\/:]/.test(step))) return undefined;
  return `${folder.replace(/[\\/]+$/, '')}${separator}${rest.join(separator)}`;
}

function topOf(reported: string, steps: readonly string[], windows: boolean): string {
  const [first = ''] = steps;
  if (windows) return reported.startsWith('\\\\') ? `\\\\${steps.slice(0, 2).join('\\')}` : `${first}\\`;
  return steps.length > 1 ? `/${first}` : '/';
}

/** The deepest folder that all these files lie in; undefined where they have none in common but the whole machine. */
export function sharedFolder(paths: readonly string[]): string | undefined {
  const [first = '', ...others] = paths;
  const windows = isWindows(first);
  let shared = foldersOf(first, windows);
  for (const path of others) {
    const folders = foldersOf(path, windows);
    const differs = shared.findIndex((step, index) => folders[index] !== step);
    if (differs >= 0) shared = shared.slice(0, differs);
  }
  if (shared.length === 0) return undefined;
  if (!windows) return `/${shared.join('/')}`;
  return `${first.startsWith('\\\\') ? '\\\\' : ''}${shared.join('\\')}`;
}

const foldersOf = (path: string, windows: boolean): string[] => stepsOf(path, windows).slice(0, -1);
