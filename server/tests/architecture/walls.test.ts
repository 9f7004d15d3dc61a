import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

type Violation = { readonly from: string; readonly rule: { readonly name: string } };
type Rulebook = { readonly default: { readonly forbidden: readonly { readonly name: string }[] } };
type Cruise = { readonly violations: readonly Violation[]; readonly totalCruised: number };

const REPOSITORY = join(import.meta.dirname, '..', '..', '..');
const CANARY = join(import.meta.dirname, 'canary');

const cruise = (folder: string): Cruise => {
  const program = join(REPOSITORY, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const args = [program, '--config', join(folder, '.dependency-cruiser.mjs'), '--output-type', 'json', 'server/src', 'web/src'];
  const done = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
  if (!done.stdout) throw new Error(`dependency-cruiser gave no report: ${done.stderr}`);
  return (JSON.parse(done.stdout) as { summary: Cruise }).summary;
};

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));

const ruleOf = (path: string): string => basename(path, '.bad.ts');
const planted = filesBelow(CANARY).filter((path) => path.endsWith('.bad.ts'));

describe('the walls', { timeout: 60_000 }, () => {
  let folder: string;
  let report: Cruise;

  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'usherr-canary-')));
    for (const part of ['server', 'web']) cpSync(join(CANARY, part), join(folder, part), { recursive: true });
    for (const file of ['package.json', 'tsconfig.json', '.dependency-cruiser.mjs']) cpSync(join(REPOSITORY, file), join(folder, file));
    symlinkSync(join(REPOSITORY, 'node_modules'), join(folder, 'node_modules'), 'junction');
    report = cruise(folder);
  }, 60_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('has a planted violation for each rule', async () => {
    const { default: rulebook } = (await import(pathToFileURL(join(REPOSITORY, '.dependency-cruiser.mjs')).href)) as Rulebook;
    const rules = rulebook.forbidden.map((rule) => rule.name);
    expect(planted.map(ruleOf).toSorted()).toEqual(rules.toSorted());
  });

  it.each(planted.map(ruleOf))('catches the planted violation of %s', (rule) => {
    const caught = report.violations.filter((violation) => violation.rule.name === rule).map((violation) => ruleOf(violation.from));
    expect(caught).toContain(rule);
  });

  it('reports nothing in files that keep the rules', () => {
    // A cycle has two ends; the second one is reported as well.
    const guilty = (path: string): boolean => path.endsWith('.bad.ts') || path.endsWith('core/media/other.ts');
    const innocent = report.violations.filter((violation) => !guilty(violation.from));
    expect(innocent).toEqual([]);
  });

  it('stand in the real house', () => {
    const real = cruise(REPOSITORY);
    // Nothing read is nothing found: an empty cruise must not pass for a clean one.
    expect(real.totalCruised).toBeGreaterThan(20);
    expect(real.violations.map((violation) => `${violation.rule.name}: ${violation.from}`)).toEqual([]);
  });
});
