import { describe, expect, it } from 'vitest';
import { NO_OWN_IDS } from '#core/media/index.ts';
import type { LeftHousehold } from '#core/upstreams/index.ts';
import { type EntryDesks, type Taken, takeHousehold } from './take-household.ts';
import { createTally } from './tally.ts';

const nowhere = (): never => {
  throw new Error('nobody lives here');
};
const entry = (what: string) => ({ what, value: { name: what } });
const left: LeftHousehold = {
  people: [],
  customIds: [entry('guid_mine'), entry('guid_bad')],
  suppressions: [entry('noise')],
  mapping: [],
  backups: [{ name: 'main.plex.json', file: '/x' }],
  refused: [{ what: 'config/.env: A', reason: 'not taken' }],
  close: async () => undefined,
};

const there = async (): Promise<Taken> => ({ is: 'there' });

async function take(desks: Partial<EntryDesks>, dryRun = false) {
  const tally = createTally();
  const rooms = {
    people: { byName: nowhere, create: nowhere },
    connections: { list: nowhere, adopt: nowhere },
    ignoreRules: { add: nowhere },
    arrival: nowhere,
    ownIds: () => NO_OWN_IDS,
    desks: { customIds: there, suppressions: there, mapping: there, ...desks },
  };
  const run = { dryRun, signal: new AbortController().signal, progress: () => undefined, breathe: async () => undefined };
  await takeHousehold({ rooms, clock: { now: () => 0 }, keepBackup: async () => ({ is: 'there' }), tally }, left, run);
  return tally.report({});
}

describe('what only other rooms understand', () => {
  it('is taken by their desks, as it was written, and told apart', async () => {
    const seen: unknown[] = [];
    const report = await take(
      {
        customIds: async ({ what, value }, how) => {
          seen.push([value, how.dryRun]);
          return what === 'guid_bad' ? { is: 'refused', reason: 'its pattern is none' } : { is: 'taken' };
        },
        suppressions: async () => ({ is: 'there' }),
      },
      true,
    );
    expect(seen).toEqual([
      [{ name: 'guid_mine' }, true],
      [{ name: 'guid_bad' }, true],
    ]);
    expect(report).toMatchObject({
      custom_ids: { taken: 1, there: 0, refused: 1 },
      suppressions: { taken: 0, there: 1, refused: 0 },
      backups: { taken: 0, there: 1, refused: 0 },
      refused: [
        { kind: 'file', what: 'config/.env: A', reason: 'not taken' },
        { kind: 'custom-id', what: 'guid_bad', reason: 'its pattern is none' },
      ],
      reasons: { 'file: not taken': 1, 'custom-id: its pattern is none': 1 },
    });
  });
});
