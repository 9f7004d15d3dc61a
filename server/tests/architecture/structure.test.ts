import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const REPOSITORY = join(import.meta.dirname, '..', '..', '..');
const SOURCE = join(REPOSITORY, 'server', 'src');
const LONGEST = 400;
// The words are put together here, so that this file does not find itself.
const LEFT_OVER = new RegExp(`\\b(${['TO', 'FIX'].map((start) => `${start}${start === 'TO' ? 'DO' : 'ME'}`).join('|')})\\b`);
const MEANINGLESS = /^(utils?|helpers?|common|misc|manager|base|types)(\.|$)/;

const below = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
    : [];

const foldersIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => join(folder, entry.name))
    : [];

const show = (paths: readonly string[]): string[] => paths.map((path) => relative(REPOSITORY, path)).toSorted();

const owned = ['server', 'bench', 'scripts', 'web/src', 'web/tests']
  .flatMap((folder) => below(join(REPOSITORY, folder)))
  .filter((path) => !/[\\/](canary|node_modules|dist)[\\/]/.test(path));
const GENERATED = /web[\\/]src[\\/]api[\\/]schema\.d\.ts$/;
const code = owned.filter((path) => /\.(ts|tsx|mjs)$/.test(path) && !GENERATED.test(path));
const rooms = ['platform', 'core', 'features', 'integrations', 'surfaces']
  .flatMap((floor) => foldersIn(join(SOURCE, floor)))
  .filter((room) => below(room).length > 0);

describe('the house', () => {
  it('has been found', () => {
    expect(code.length).toBeGreaterThan(20);
    expect(rooms.length).toBeGreaterThan(5);
  });

  it(`has no source file over ${LONGEST} lines`, () => {
    const lines = (path: string): number => readFileSync(path, 'utf8').split('\n').length - 1;
    expect(show(code.filter((path) => lines(path) > LONGEST))).toEqual([]);
  });

  it('has no work left over in a comment', () => {
    expect(show(code.filter((path) => LEFT_OVER.test(readFileSync(path, 'utf8'))))).toEqual([]);
  });

  it('has a door and a description for each room', () => {
    const needed = rooms.flatMap((room) => [join(room, 'index.ts'), join(room, 'README.md')]);
    expect(show(needed.filter((path) => !existsSync(path)))).toEqual([]);
  });

  it('has no wildcard in a door', () => {
    const doors = rooms.map((room) => join(room, 'index.ts')).filter((path) => existsSync(path));
    expect(show(doors.filter((path) => /export\s+\*/.test(readFileSync(path, 'utf8'))))).toEqual([]);
  });

  it('names files and folders after what they hold', () => {
    const names = (path: string): string[] => [basename(path), ...relative(REPOSITORY, path).split(/[\\/]/)];
    expect(show(code.filter((path) => names(path).some((name) => MEANINGLESS.test(name))))).toEqual([]);
  });
});
