import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

type Entry = { version: string; dev?: boolean; optional?: boolean; os?: string[]; cpu?: string[] };

const SCRIPT = join(import.meta.dirname, '..', '..', '..', 'scripts', 'bootstrap.mjs');
const ELSEWHERE = process.platform === 'win32' ? 'linux' : 'win32';
const LOCKED: Record<string, Entry> = {
  'node_modules/needed': { version: '1.0.0' },
  'node_modules/for-tests': { version: '2.0.0', dev: true },
  'node_modules/for-this-machine': { version: '3.0.0', optional: true, os: [process.platform], cpu: [process.arch] },
  'node_modules/for-another': { version: '3.0.0', optional: true, os: [ELSEWHERE] },
};

describe('the bootstrap', () => {
  let folder: string;

  const install = (packages: Record<string, Entry>): void => {
    for (const [path, entry] of Object.entries(packages)) {
      mkdirSync(join(folder, path), { recursive: true });
      writeFileSync(join(folder, path, 'package.json'), JSON.stringify({ version: entry.version }));
    }
    writeFileSync(join(folder, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }));
  };

  /** Runs it with a stand-in for npm that writes down its arguments, and tells what npm was asked for. */
  const run = (mode: string): { asked: string[] | undefined; errors: string; code: number | null } => {
    const npm = join(folder, 'npm.cjs');
    writeFileSync(npm, `require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'asked'))}, JSON.stringify(process.argv.slice(2)))`);
    const env = { ...process.env, npm_execpath: npm, npm_node_execpath: process.execPath };
    const done = spawnSync(process.execPath, [join(folder, 'scripts', 'bootstrap.mjs'), mode], { env, encoding: 'utf8' });
    const asked = join(folder, 'asked');
    return {
      asked: existsSync(asked) ? (JSON.parse(readFileSync(asked, 'utf8')) as string[]) : undefined,
      errors: done.stderr,
      code: done.status,
    };
  };

  const without = (name: string): Record<string, Entry> =>
    Object.fromEntries(Object.entries(LOCKED).filter(([path]) => path !== `node_modules/${name}` && path !== 'node_modules/for-another'));

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'usherr-bootstrap-'));
    mkdirSync(join(folder, 'scripts'));
    mkdirSync(join(folder, 'node_modules'));
    cpSync(SCRIPT, join(folder, 'scripts', 'bootstrap.mjs'));
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages: { '': { version: '0.1.0' }, ...LOCKED } }));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('leaves a complete installation alone, without the packages of other machines', () => {
    install(without('nothing'));
    expect(run('test')).toMatchObject({ asked: undefined, errors: '', code: 0 });
  });

  it('takes more than is needed for installed', () => {
    install({ ...without('nothing'), 'node_modules/extra': { version: '9.0.0' } });
    expect(run('start').asked).toBeUndefined();
  });

  it('starts without the packages of the tests', () => {
    install(without('for-tests'));
    expect(run('start').asked).toBeUndefined();
  });

  it('installs the packages of the tests before the tests', () => {
    install(without('for-tests'));
    const { asked, errors } = run('test');
    expect(asked?.[0]).toBe('ci');
    expect(asked).not.toContain('--omit=dev');
    expect(errors).toContain('for-tests@2.0.0');
  });

  it('installs for a start on a bare machine without the packages of the tests', () => {
    expect(run('start').asked).toEqual(expect.arrayContaining(['ci', '--omit=dev']));
  });

  it('keeps the packages of the tests when a start has to install', () => {
    install(without('needed'));
    expect(run('start').asked).not.toContain('--omit=dev');
  });

  it('misses a package of this machine, another version and a folder that is gone', () => {
    install(without('for-this-machine'));
    expect(run('start').errors).toContain('for-this-machine@3.0.0');
    install({ ...without('nothing'), 'node_modules/needed': { version: '0.9.0' } });
    expect(run('start').errors).toContain('needed@1.0.0');
    install(without('nothing'));
    rmSync(join(folder, 'node_modules', 'needed'), { recursive: true });
    expect(run('start').errors).toContain('needed@1.0.0');
  });

  it('takes an installation that was cut off for none', () => {
    install(without('nothing'));
    rmSync(join(folder, 'node_modules', '.package-lock.json'));
    expect(run('test').asked?.[0]).toBe('ci');
  });
});
