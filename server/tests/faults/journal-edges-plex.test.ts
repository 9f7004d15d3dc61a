import { describe, expect, it } from 'vitest';
import { startHousehold } from '#tests/support/household.ts';
import { startDoomedHouse } from './doomed-house.ts';
import { describeJournalEdges } from './journal-edges.ts';
import { journalOf, settled, standings } from './standing.ts';

const CALL_DEADLINE_MS = 1_500;
const ADDED_AT = Date.UTC(2024, 0, 1);
const PLAYED_AT = Date.UTC(2024, 5, 1);

describeJournalEdges('plex');

describe('a change of which nobody can tell whether it was made', () => {
  it('is kept as unconfirmed, and is not made again', async () => {
    const home = await startHousehold({ servers: ['plex', 'jellyfin'], house: { callDeadlineMs: CALL_DEADLINE_MS } });
    try {
      const plex = home.fake('plex');
      const jellyfin = home.fake('jellyfin');
      const film = { kind: 'movie', title: 'Film', year: 2000, ids: { imdb: 'tt7000000' }, addedAt: ADDED_AT } as const;
      const there = plex.addTitle(plex.addLibrary({ name: 'Movies', kind: 'movies' }), film);
      const here = jellyfin.addTitle(jellyfin.addLibrary({ name: 'Movies', kind: 'movies' }), film);
      jellyfin.setState(jellyfin.owner.id, here, { played: true, playCount: 1, lastPlayedAt: PLAYED_AT });
      await home.addBackend('plex');
      await home.addBackend('jellyfin');
      await home.stop();
      const doomed = startDoomedHouse(home, {
        work: 'import',
        callDeadlineMs: CALL_DEADLINE_MS,
        die: { edge: 'before-outcome', nth: 1, waits: false },
      });
      await doomed.says('edge before-outcome');
      expect(await doomed.ended).toBe('SIGKILL');
      plex.removeTitle(there);
      await home.start();
      await settled(home);
      const [entry, ...others] = await journalOf(home);
      expect(others).toEqual([]);
      expect(entry).toMatchObject({
        state: 'unconfirmed',
        repeatable: false,
        outcome: { reason: expect.stringContaining('nobody can tell') },
      });
      expect((await standings(home)).get('Film')).toMatchObject({ watched: true, plays: 1 });
    } finally {
      await home.close();
    }
  });
});
