import { describe, expect, it } from 'vitest';
import { ACCOUNT_OPTIONS, flattenOptions, nestOptions, readOptions } from './account-options.ts';

describe('options of an account', () => {
  it('are taken as a tree and flat alike', () => {
    const flat = { 'client.timeout': 30, 'client.verify_host': false, ignore: '1,2' };
    expect(flattenOptions({ client: { timeout: 30, verify_host: false }, ignore: '1,2' })).toEqual(flat);
    expect(readOptions({ client: { timeout: '30', verify_host: 'false' }, ignore: '1,2' }).plain).toEqual(flat);
    expect(nestOptions(flat)).toEqual({ client: { timeout: 30, verify_host: false }, ignore: '1,2' });
  });

  it('keep secrets apart, and switches as switches', () => {
    const read = readOptions({ ADMIN_TOKEN: 'abc', PLEX_USER_PIN: 1234, DISABLE_MARK_UNPLAYED: '1', IMPORT_METADATA_ONLY: null });
    expect(read.secret).toEqual({ ADMIN_TOKEN: 'abc', PLEX_USER_PIN: '1234' });
    expect(read.plain).toEqual({});
    expect(read.switches).toEqual({ neverUnwatch: true, metadataOnly: false });
  });

  it('drop names that no account takes, and take away what is given as null', () => {
    const read = readOptions({ nonsense: 1, constructor: 'x', LIBRARY_SEGMENT: null });
    expect(read).toMatchObject({ plain: {}, secret: {}, removed: ['LIBRARY_SEGMENT'], faults: [] });
  });

  it.each([
    [{ LIBRARY_SEGMENT: 299 }, 'options.LIBRARY_SEGMENT', 'at least 300'],
    [{ LIBRARY_SEGMENT: 'many' }, 'options.LIBRARY_SEGMENT', 'whole number'],
    [{ LIBRARY_SEGMENT: '' }, 'options.LIBRARY_SEGMENT', 'whole number'],
    [{ MAX_EPISODE_RANGE: 1.5 }, 'options.MAX_EPISODE_RANGE', 'whole number'],
    [{ client: { timeout: 0 } }, 'options.client.timeout', 'at least 1'],
    [{ client: { timeout: Number.NaN } }, 'options.client.timeout', 'a number'],
    [{ DEBUG_TRACE: 'perhaps' }, 'options.DEBUG_TRACE', 'true or false'],
    [{ ignore: ['1'] }, 'options.ignore', 'a text'],
  ])('name the one at fault: %j', (given, field, message) => {
    const { faults } = readOptions(given);
    expect(faults).toHaveLength(1);
    expect(faults[0]?.field).toBe(field);
    expect(faults[0]?.message).toContain(message);
  });

  it('have one entry for each name', () => {
    expect(new Set(ACCOUNT_OPTIONS.map((option) => option.key)).size).toBe(ACCOUNT_OPTIONS.length);
  });

  it('takes only the lists that there are for favourites, and nothing of it is on unless told', () => {
    expect(readOptions({ favorites: { list: 'hold', import: '1' }, 'ratings.export': true })).toMatchObject({
      plain: { 'favorites.list': 'hold', 'favorites.import': true, 'ratings.export': true },
      faults: [],
    });
    for (const list of ['wishlist', '', 5]) {
      expect(readOptions({ 'favorites.list': list }).faults).toEqual([
        { field: 'options.favorites.list', message: 'must be one of watching, plantowatch, hold, completed, dropped' },
      ]);
    }
    expect(readOptions({}).plain).toEqual({});
  });

  it('takes the same for watchlists, and keeps the token by which they are opened apart', () => {
    expect(readOptions({ watchlist: { list: 'hold', import: '1', export: false }, PLEX_TV_TOKEN: 'abc' })).toMatchObject({
      plain: { 'watchlist.list': 'hold', 'watchlist.import': true, 'watchlist.export': false },
      secret: { PLEX_TV_TOKEN: 'abc' },
      faults: [],
    });
    expect(readOptions({ 'watchlist.list': 'all', 'watchlist.import': 'often' }).faults.map(({ field }) => field)).toEqual([
      'options.watchlist.list',
      'options.watchlist.import',
    ]);
  });
});
