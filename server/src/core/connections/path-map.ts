import { type Static, Type } from 'typebox';
import { defineSetting } from '#core/settings/index.ts';

const Step = Type.Object({ from: Type.String({ minLength: 1, maxLength: 1_000 }), to: Type.String({ minLength: 1, maxLength: 1_000 }) });
/** Where a folder of a server lies on this machine. */
export type PathStep = Static<typeof Step>;

export const PATH_MAP = defineSetting({
  key: 'files.path-map',
  schema: Type.Array(Step, { maxItems: 50 }),
  default: [],
  scope: 'account',
  description: 'Folders as the server calls them (from), and where they lie on this machine (to). The longest that fits counts.',
});

/** A path of a server on this machine, and the folder below which everything of its kind lies. */
export type LocalPath = Readonly<{ path: string; root: string }>;

const parts = (path: string): readonly string[] => path.split(/[\\/]+/).filter((part) => part !== '');

/** `C:\Media` and `/media`: what has to be there before anything below it can be missed. */
function ownRoot(path: string): string {
  const [first = ''] = parts(path);
  return /^[\\/]/.test(path) ? `/${first}` : first;
}

/** Whole folders only: `/media` is no beginning of `/media2`. Letters count as they are written. */
export function toLocalPath(map: readonly PathStep[], path: string): LocalPath {
  const given = parts(path);
  const fitting = map
    .map((step) => ({ step, from: parts(step.from) }))
    .filter(({ from }) => from.length <= given.length && from.every((part, at) => part === given[at]))
    .sort((one, other) => other.from.length - one.from.length)[0];
  if (!fitting) return { path, root: ownRoot(path) };
  const root = fitting.step.to.replace(/[\\/]+$/, '') || '/';
  const rest = given.slice(fitting.from.length);
  return { path: rest.length === 0 ? root : `${root === '/' ? '' : root}/${rest.join('/')}`, root };
}
