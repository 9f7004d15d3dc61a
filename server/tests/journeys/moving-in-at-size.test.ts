import { describe, expect, it } from 'vitest';
import { awkwardRows, manyRows } from '#integrations/watchstate/watchstate-folder.fake.ts';
import { inHousehold } from '#tests/support/journey.ts';
import { everything, type HistoryRow, layFolderForTest, moveIn } from '#tests/support/moving.ts';

describe('moving in from WatchState', () => {
  it('takes a few thousand records twice with the same result, the awkward ones too', { timeout: 60_000 }, () =>
    inHousehold({ servers: [] }, async (home) => {
      const server = (name: string, type: string) => ({
        type,
        url: `http://${name}.invalid`,
        token: 't',
        uuid: name,
        user: 'u',
        import: { enabled: true, lastSync: 1_700_000_000 },
      });
      const backends = ['attic', 'barn'] as const;
      const awkward = awkwardRows(backends);
      const folder = await layFolderForTest({
        main: {
          servers: { attic: server('attic', 'jellyfin'), barn: server('barn', 'emby') },
          rows: [...manyRows(3_000, backends), ...awkward],
        },
      });
      const wish = { program: 'watchstate', folder };
      const shown = await moveIn(home, wish);
      const first = await moveIn(home, { ...wish, apply: true });
      expect({ ...first, applied: false, copy: undefined }).toEqual({ ...shown, copy: undefined });
      const refused = ['Nobody Knows - 01x001', 'Own Ids', 'Home Video', 'Twin Peaks', '??'];
      expect(first.refused.map(({ what }) => what.replace(/^row \d+: /, ''))).toEqual(refused);
      const { taken, changed, there, records } = first.people[0]?.history ?? expect.fail();
      expect([records, taken + changed + there + refused.length]).toEqual([3_000 + awkward.length, 3_000 + awkward.length]);
      expect(first.left.map(({ reason, count }) => [reason, count])).toEqual(
        expect.arrayContaining([
          ['another row claims the same item, and was changed later', 1],
          ['its backends do not agree on what it is: the state goes to the title that most of them have', 1],
          ['its backend is not among those that are taken', 1],
          ['a part of the record cannot be read, and was left out', 2],
        ]),
      );
      const arrived = await everything(home.rooms.database);
      const second = await moveIn(home, { ...wish, apply: true });
      expect(second.people[0]?.history).toEqual({
        records,
        taken: 0,
        changed: 0,
        there: records - refused.length,
        refused: refused.length,
      });
      expect(second.refused).toEqual(first.refused);
      expect(await everything(home.rooms.database)).toEqual(arrived);

      const rows = async (title: string) =>
        ((await home.get(`/v1/api/history?perpage=100&title=${encodeURIComponent(title)}`)).body as { history: HistoryRow[] }).history.map(
          (row) => [row.title, row.watched, row.updated, row.play_count],
        );
      expect(await rows('Heat')).toEqual([['Heat', 1, 1_690_000_000, 2]]);
      expect(await rows('Twin Peaks')).toEqual([
        ['Twin Peaks', 1, 1_650_000_000, 1],
        ['Twin Peaks', 1, 1_650_000_000, 1],
      ]);
      expect([...(await rows('Two Films')), ...(await rows('Another'))]).toEqual([
        ['Two Films', 1, 1_660_000_000, 1],
        ['Another', 1, 1_661_000_000, 1],
      ]);
      expect([...(await rows('Wrong')), ...(await rows('Right'))]).toEqual([
        ['Wrong', 1, 1_400_000_000, 1],
        ['Right', 0, 1_410_000_000, 0],
      ]);
      expect((await rows('No Date'))[0]?.[1]).toBe(1);
    }),
  );
});
