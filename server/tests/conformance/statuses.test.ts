import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BACKEND_CASES } from './statuses/backends.cases.ts';
import { HISTORY_CASES } from './statuses/history.cases.ts';
import { PEOPLE_CASES } from './statuses/people.cases.ts';
import { PLAYER_CASES } from './statuses/player.cases.ts';
import { SYSTEM_CASES } from './statuses/system.cases.ts';
import { UNREACHED } from './statuses/unreached.ts';
import { answerTo, type Case, openWorld, type World } from './statuses/world.ts';

type Row = Readonly<{ system: string; method: string; path: string; statuses: readonly number[] }>;

const file = fileURLToPath(new URL('../../../../shared/contract/endpoints.json', import.meta.url));
const present = existsSync(file);
const absent = present ? '' : ' (skipped: the file ../shared/contract/endpoints.json is not here)';
const rows: readonly Row[] = present ? JSON.parse(readFileSync(file, 'utf8')) : [];
/** `GET /history/{id} 404`: each status that the contract lists for a row. */
const listed = rows
  .filter(({ system }) => system === 'watchstate')
  .flatMap(({ method, path, statuses }) => statuses.map((status) => `${method} ${path.replace('/v1/api', '')} ${status}`));

const CASES: readonly Case[] = [...BACKEND_CASES, ...HISTORY_CASES, ...PLAYER_CASES, ...SYSTEM_CASES, ...PEOPLE_CASES];
const nameOf = ([row, status]: Case): string => `${row} ${status}`;

describe.skipIf(!present)(`the statuses of the contract${absent}`, () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  }, 120_000);
  afterAll(() => world?.close());

  it('are each reached by a request, or stand with the reason why no client can cause them', () => {
    const reached = new Set(CASES.map(nameOf));
    expect(listed.filter((one) => !reached.has(one) && !(one in UNREACHED))).toEqual([]);
    expect(Object.keys(UNREACHED).filter((one) => reached.has(one) || !listed.includes(one))).toEqual([]);
    expect([...reached].filter((one) => !listed.includes(one))).toEqual([]);
  });

  it.each(CASES.map((one) => [nameOf(one), one] as const))('%s', { timeout: 30_000 }, async (_, one) => {
    expect(await answerTo(world, one)).toBe(one[1]);
  });
});
