import { describe, expect, it } from 'vitest';
import { type IdLink, NO_OWN_IDS, ownIdsOf } from '#core/media/index.ts';
import { type PlexGuidSources, parsePlexGuid, readPlexGuids as readGuids } from './plex-guids.ts';

const readPlexGuids = (item: PlexGuidSources) => readGuids(item, NO_OWN_IDS);

describe('one guid', () => {
  it.each<[string, string | undefined]>([
    ['imdb://tt0211915', 'imdb tt0211915'],
    ['tmdb://194', 'tmdb 194'],
    ['TVDB://00121361', 'tvdb 121361'],
    ['tvmaze://82', 'tvmaze 82'],
    ['tvrage://24493', 'tvrage 24493'],
    ['anidb://17', 'anidb 17'],
    ['cmdb://some-key', 'cmdb some-key'],
    ['com.plexapp.agents.imdb://tt0113277?lang=en', 'imdb tt0113277'],
    ['com.plexapp.agents.themoviedb://27205?lang=en', 'tmdb 27205'],
    ['com.plexapp.agents.thetvdb://121361?lang=en', 'tvdb 121361'],
    ['com.plexapp.agents.thetvdb://121361/1/2?lang=en', 'tvdb 121361 relative'],
    ['com.plexapp.agents.xbmcnfo://tt0113277?lang=en', 'imdb tt0113277'],
    ['com.plexapp.agents.xbmcnfo://949?lang=en', 'tmdb 949'],
    ['com.plexapp.agents.xbmcnfotv://73141?lang=xn', 'tvdb 73141'],
    ['com.plexapp.agents.ytinforeader://UC_x5XG1OV2P6uZZ5FSM9Ttw?lang=en', 'youtube UC_x5XG1OV2P6uZZ5FSM9Ttw'],
    ['com.plexapp.agents.hama://anidb-12345/1/5?lang=en', 'anidb 12345 relative'],
    ['com.plexapp.agents.hama://tvdb2-76703?lang=en', 'tvdb 76703'],
    ['com.plexapp.agents.hama://tsdb-4567?lang=en', 'tmdb 4567'],
    ['com.plexapp.agents.hama://imdb-tt0988824?lang=en', 'imdb tt0988824'],
    ['tv.plex.agents.nfo.movie://movie/imdb_tt0113277', 'imdb tt0113277'],
    ['tv.plex.agents.nfo.series://show/tvdb_73141', 'tvdb 73141'],
    ['net.fribbtastic.coding.plex.myanimelist://1575?lang=en', 'mal 1575'],
    ['net.example.anilist://21', 'anilist 21'],
    ['net.example.kitsu://12', 'kitsu 12'],
    ['tv.plex.agents.nfo.movie://movie/113277', undefined],
    ['com.plexapp.agents.hama://unknown-5', undefined],
    ['com.plexapp.agents.none://8369?lang=xn', undefined],
    ['local://8369', undefined],
    ['plex://movie/5d776a0b7a53e9001e732a3d', undefined],
    ['imdb://none', undefined],
    ['tmdb://0', undefined],
    ['tt0211915', undefined],
    ['://5', undefined],
    ['', undefined],
  ])('%s', (guid, expected) => {
    const named = parsePlexGuid(guid, NO_OWN_IDS);
    expect(named && [named.provider, named.id, ...(named.relative ? ['relative'] : [])].join(' ')).toBe(expected);
  });
});

describe('the guids of an item', () => {
  it('are those of its list and of itself', () => {
    const guids = { guid: 'com.plexapp.agents.imdb://tt1?lang=en', list: [{ id: 'tmdb://2' }, { id: 'tvdb://3' }, {}] };
    expect(readPlexGuids({ kind: 'movie', ...guids }).own).toEqual({ imdb: 'tt1', tmdb: '2', tvdb: '3' });
  });

  it('name the series where an episode is written relative to it, and never the episode', () => {
    const ids = readPlexGuids({ kind: 'episode', guid: 'com.plexapp.agents.hama://anidb-12345/1/5?lang=en', list: [{ id: 'tvdb://99' }] });
    expect(ids).toEqual({ own: { tvdb: '99' }, show: { anidb: '12345' } });
  });

  it('of providers that number series only are the series’', () => {
    expect(readPlexGuids({ kind: 'episode', guid: 'net.fribbtastic.coding.plex.myanimelist://1575?lang=en' })).toEqual({
      own: {},
      show: { mal: '1575' },
    });
    expect(readPlexGuids({ kind: 'show', guid: 'net.fribbtastic.coding.plex.myanimelist://1575?lang=en' }).own).toEqual({ mal: '1575' });
  });

  it.each([
    ['the smaller number', ['tmdb://9', 'tmdb://10'], { tmdb: '9' }],
    ['the smaller number, whatever the order', ['tmdb://10', 'tmdb://9'], { tmdb: '9' }],
    ['what stands, against what is no number', ['imdb://tt2', 'imdb://tt1'], { imdb: 'tt2' }],
  ])('that contradict each other are settled for %s', (_name, list, expected) => {
    expect(readPlexGuids({ kind: 'movie', list: list.map((id) => ({ id })) }).own).toEqual(expected);
  });
});

describe('the household’s own ids', () => {
  const provider = (name: string, pattern: string) => ({
    id: name,
    name,
    type: 'plex',
    description: '',
    pattern,
    example: '',
    valid: [],
    invalid: [],
  });
  const link = (from: string, to: string, more: Partial<IdLink> = {}) => ({ id: from, type: 'plex', from, to, legacy: true, ...more });
  const own = ownIdsOf(
    [provider('boxd', '/^[a-z0-9\\/-]+$/'), provider('disc', '/^D\\d+$/')],
    [
      link('com.plexapp.agents.letterboxd', 'boxd'),
      link('myth', 'tvdb', { legacy: false }),
      link('com.plexapp.agents.discs', 'disc', { replace: { from: 'com.plexapp.agents.olddiscs://', to: 'com.plexapp.agents.discs://D' } }),
      { ...link('imdb', 'disc'), type: 'emby' },
    ],
  );

  it.each<[string, string | undefined]>([
    ['com.plexapp.agents.letterboxd://heat-1995?lang=en', 'boxd heat-1995'],
    ['com.plexapp.agents.Letterboxd://heat/1995x', 'boxd heat/1995x'],
    ['letterboxd://heat-1995', 'boxd heat-1995'],
    ['letterboxd://Heat', undefined],
    ['letterboxd://twin-peaks/1/2', 'boxd twin-peaks relative'],
    ['myth://00121361', 'tvdb 121361'],
    ['com.plexapp.agents.myth://121361', undefined],
    ['com.plexapp.agents.olddiscs://7', 'disc D7'],
    ['imdb://tt1', 'imdb tt1'],
    ['other://1', undefined],
  ])('%s', (guid, expected) => {
    const named = parsePlexGuid(guid, own);
    expect(named && [named.provider, named.id, ...(named.relative ? ['relative'] : [])].join(' ')).toBe(expected);
  });

  it('of an episode, written relative to its series, are its series’', () => {
    expect(readGuids({ kind: 'episode', guid: 'com.plexapp.agents.letterboxd://twin-peaks/1/2' }, own)).toEqual({
      own: {},
      show: { boxd: 'twin-peaks' },
    });
  });
});
