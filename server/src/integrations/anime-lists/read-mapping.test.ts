import { describe, expect, it } from 'vitest';
import { AppError } from '#kernel/app-error.ts';
import { readAnimeMapping } from './read-mapping.ts';

function faultOf(text: string): string {
  try {
    readAnimeMapping(text);
  } catch (error) {
    if (error instanceof AppError) return `${error.code} ${error.message}`;
    throw error;
  }
  throw new Error('it was taken where a fault was expected');
}

const xml = (...lines: string[]): string =>
  ['<?xml version="1.0" encoding="utf-8"?>', '<anime-list>', ...lines, '</anime-list>'].join('\n');
const rule = (season: number, shift = 0) => ({ special: false, first: 1, season, shift, rank: 2 });

describe('the XML of Anime-Lists', () => {
  it('has a rule, ranges and single episodes, specials among them', () => {
    const text = xml(
      '<anime anidbid="12" tvdbid="72070" defaulttvdbseason="1" tmdbtv="37527" tmdbseason="1">',
      '  <name>Chobits &amp; more</name>',
      '  <mapping-list>',
      '    <mapping anidbseason="0" tvdbseason="0">;1-3;2-0;</mapping>',
      '    <mapping anidbseason="1" tvdbseason="0">;9-1+2;</mapping>',
      '    <mapping anidbseason="1" tvdbseason="1" start="10" end="17" offset="-1"/>',
      '    <mapping anidbseason="1" tvdbseason="2" start="18">;20-7;</mapping>',
      '    <mapping anidbseason="1" tmdbseason="1" start="1" end="61" offset="0"/>',
      '  </mapping-list>',
      '  <supplemental-info><studio>Madhouse</studio></supplemental-info>',
      '</anime>',
    );
    expect(readAnimeMapping(text)).toEqual({
      format: 'anime-lists',
      entries: [
        {
          ids: { anidb: '12' },
          title: 'Chobits & more',
          tvdb: '72070',
          spans: [
            { special: true, first: 1, last: 1, season: 0, shift: 2, rank: 0 },
            { special: true, first: 2, last: 2, season: 0, shift: 'nowhere', rank: 0 },
            { special: false, first: 9, last: 9, season: 0, shift: -8, rank: 0 },
            { special: false, first: 9, last: 9, season: 0, shift: -7, rank: 0 },
            { special: false, first: 10, last: 17, season: 1, shift: -1, rank: 1 },
            { special: false, first: 20, last: 20, season: 2, shift: -13, rank: 0 },
            { special: false, first: 18, season: 2, shift: 0, rank: 1 },
            rule(1),
          ],
        },
      ],
    });
  });

  it.each([
    [
      'an offset',
      '<anime anidbid="11" tvdbid="70900" defaulttvdbseason="0" episodeoffset="2"><name>D</name></anime>',
      '70900',
      [rule(0, 2)],
    ],
    ['a movie', '<anime anidbid="7" tvdbid="movie" defaulttvdbseason="1" imdbid="tt0119698"><name>M</name></anime>', undefined, []],
    ['an unknown series', '<anime anidbid="7" tvdbid="unknown" defaulttvdbseason="1"><name>M</name></anime>', undefined, []],
    ['no id of TVDB', '<anime anidbid="7"><name>M</name></anime>', undefined, []],
    ['numbers through all seasons', '<anime anidbid="69" tvdbid="81797" defaulttvdbseason="a"><name>O</name></anime>', '81797', []],
  ])('has %s', (_name, line, tvdb, spans) => {
    const [entry] = readAnimeMapping(xml(line)).entries;
    expect([entry?.tvdb, entry?.spans]).toEqual([tvdb, spans]);
  });

  const good = '<anime anidbid="1" tvdbid="2" defaulttvdbseason="1"><name>A</name></anime>';
  const mapped = (attributes: string, text = ''): string =>
    `<anime anidbid="3" tvdbid="2"><mapping-list><mapping ${attributes}>${text}</mapping></mapping-list></anime>`;
  it.each([
    ['an id that is none', '<anime anidbid="x" tvdbid="2"><name>B</name></anime>', 'line 4: anidbid must be a number'],
    ['no id', '<anime tvdbid="2"/>', 'line 4: anidbid must be a number'],
    ['a season that is none', '<anime anidbid="3" tvdbid="2" defaulttvdbseason="one"/>', 'line 4: defaulttvdbseason must be a number'],
    [
      'an offset that is none',
      '<anime anidbid="3" tvdbid="2" defaulttvdbseason="1" episodeoffset="1.5"/>',
      'line 4: episodeoffset must be',
    ],
    ['a mapping without a season', mapped('anidbseason="1"', ';1-2;'), 'line 4: tvdbseason of a mapping must be a number'],
    ['a mapping of no native season', mapped('anidbseason="2" tvdbseason="1"', ';1-2;'), 'line 4: anidbseason of a mapping must be 0 or 1'],
    ['a mapping of words', mapped('anidbseason="1" tvdbseason="1"', ';1-two;'), 'line 4: "1-two" maps no episode'],
    ['a range that runs back', mapped('anidbseason="1" tvdbseason="1" start="5" end="4"'), 'line 4: a mapping ends before it starts'],
    ['a range of words', mapped('anidbseason="1" tvdbseason="1" start="five"'), 'line 4: start of a mapping must be a number'],
  ])('is refused with its line for %s', (_name, line, expected) => {
    expect(faultOf(xml(good, line, good))).toContain(`invalid content: ${expected}`);
  });

  it('is refused where it breaks off, is another document, or is empty', () => {
    expect(faultOf(xml(good, '<anime anidbid="3">').replace('</anime-list>', ''))).toMatch(
      /^invalid content: line \d+: it is no well-formed XML/,
    );
    expect(faultOf('<rss><channel/></rss>')).toContain('there is no <anime-list> in it');
    expect(faultOf(`${xml(good)}<anime/>`)).toContain('line 4: there is more beside the <anime-list>');
    expect(faultOf('<anime-list></anime-list>')).toContain('there is no <anime> in the list');
    expect(faultOf(`<!DOCTYPE anime-list [<!ENTITY a "b">]>\n${xml(good)}`)).toContain('line 1: it declares a document type');
  });
});

describe('the JSON of Fribb/anime-lists', () => {
  it('has ids of many sites, and the season of TVDB with its offset', () => {
    const text = JSON.stringify([
      {
        type: 'TV',
        anidb_id: 14444,
        anilist_id: 104578,
        mal_id: 38524,
        kitsu_id: 41982,
        simkl_id: 800,
        imdb_id: ['tt2560140'],
        themoviedb_id: { tv: 1429 },
        tvdb_id: 267440,
        season: { tvdb: 3, tmdb: 3 },
        episode_offset: { tvdb: 12, tmdb: 12 },
      },
      { type: 'UNKNOWN', thetvdb_id: 79099, imdb_id: 'tt1', anidb_id: '5459', season: { tvdb: 0 } },
      { mal_id: 7, tvdb_id: 'unknown', anilist_id: null },
      { mal_id: 8, tvdb_id: 5, season: { tmdb: 1 } },
    ]);
    expect(readAnimeMapping(`\uFEFF ${text}`)).toEqual({
      format: 'fribb',
      entries: [
        {
          ids: { anidb: '14444', mal: '38524', anilist: '104578', kitsu: '41982', simkl: '800' },
          kind: 'tv',
          tvdb: '267440',
          spans: [rule(3, 12)],
        },
        { ids: { anidb: '5459' }, tvdb: '79099', spans: [rule(0)] },
        { ids: { mal: '7' }, spans: [] },
        { ids: { mal: '8' }, tvdb: '5', spans: [] },
      ],
    });
  });

  it.each([
    ['an entry that is none', [{ mal_id: 1 }, 5], 'entry 2: it is no object'],
    ['an id that is none', [{ mal_id: 1 }, { mal_id: 'x' }], 'entry 2: mal_id must be a number'],
    ['an id that is a list', [{ tvdb_id: [1] }], 'entry 1: tvdb_id must be a number'],
    ['a season that is none', [{ tvdb_id: 1, season: { tvdb: '1' } }], 'entry 1: season.tvdb must be a whole number'],
    ['a season below all', [{ tvdb_id: 1, season: { tvdb: -1 } }], 'entry 1: season.tvdb must not be below 0'],
    ['an offset that is none', [{ tvdb_id: 1, season: { tvdb: 1 }, episode_offset: { tvdb: 1.5 } }], 'entry 1: episode_offset.tvdb'],
    ['nothing', [], 'line 1: the list is empty'],
  ])('is refused with its entry for %s', (_name, list, expected) => {
    expect(faultOf(JSON.stringify(list))).toContain(`invalid content: ${expected}`);
  });

  it('is refused with the line at which it breaks off', () => {
    expect(faultOf('[\n{"mal_id": 1},\n{"mal_id": oops}\n]')).toBe('invalid content: line 3: it breaks off here, or is no JSON');
    expect(faultOf('[\n{"mal_id": 1},\n\n]')).toContain('line 4: it breaks off here');
    expect(faultOf('[\n{"mal_id": 1}\n{"mal_id": 2}]')).toContain('line 3: it breaks off here');
    expect(faultOf('[\n{"mal_id": 1},\n{"mal_id": 2')).toContain('line 3: it breaks off here');
  });
});

it.each([[''], ['{}'], ['anidb,mal'], ['<']])('refuses what is neither: %s', (text) => {
  expect(faultOf(text)).toMatch(/^invalid content: line 1: /);
});
