import { describe, expect, it } from 'vitest';
import { tvTimeExport } from './tv-time-export.ts';

const SERIES = [
  'key,s_id,series_name,s_no,ep_no,season_number,episode_number,created_at,followed_at,is_followed,is_archived,is_for_later',
  'watch-episode-a,349310,Bodyguard (2018),1,6,1,6,2023-11-04 15:30:38,,,,',
  'rewatch-episode-b,349310,Bodyguard (2018),,,1,6,2024-01-02 03:04:05,,,,',
  'watch-episode-c,0,"Lock, Stock",1,,,2,not a day,,,,',
  'watch-episode-d,349310,Bodyguard (2018),,,,,2023-11-04 15:30:38,,,,',
  'user-series-e,349310,Bodyguard (2018),,,,,2015-09-13 15:34:44,2015-09-14 00:00:00,true,false,false',
  'user-series-f,73800,Desperate Housewives,,,,,2015-09-13 15:34:44,,true,true,false',
  'user-series-g,362696,The Witcher,,,,,2015-09-13 15:34:44,,true,false,true',
  'something-else,1,Never Mind,,,,,,,,,',
].join('\n');
const TITLES = [
  'type,movie_name,series_name,series_id,season_number,episode_number,release_date,created_at,watch_date',
  'watch,Fury,,,,,2014-10-15 00:00:00,2019-09-08 17:24:29,',
  'rewatch,Fury,,,,,2014-10-15 00:00:00,2019-09-08 17:24:29,1616481927',
  'towatch,The Batman,,,,,2022-03-03 00:00:00,2023-09-04 21:53:54,',
  'watch,,The Blacklist,266189,6,17,,,1616481927',
  'count-watch-episode-series,,Dexter,79349,,,,2021-07-06 08:29:40,',
].join('\n');
const FOLLOWED = [
  'tv_show_id,tv_show_name,archived,active,created_at',
  '349310,Bodyguard,1,1,2020-08-14 20:13:54',
  '70329,My Wife and Kids,0,1,2020-08-14 20:13:54',
].join('\n');
const SPECIAL = 'tv_show_id,tv_show_name,status,created_at\n84912,Parks and Recreation,for_later,2021-06-06 17:53:33\n1,Other,odd,';

const bodyguard = { kind: 'show', title: 'Bodyguard', year: 2018, ids: { tvdb: '349310' } };
const at = (text: string): number => Date.parse(text);

describe('an export of TV Time', () => {
  it('tells watches of episodes with their days in UTC, lists, and what it cannot place', () => {
    const { records, leftOut, unread } = tvTimeExport.read([
      { name: 'data/renamed.csv', text: SERIES },
      { name: 'data/account_info.csv', text: 'email,created_at\nme@example.com,2020-01-01' },
    ]);
    const watch = { episode: { season: 1, number: 6, ids: {} } };
    expect(records).toEqual([
      {
        title: bodyguard,
        place: 'data/renamed.csv, line 2',
        watches: [
          { ...watch, at: at('2023-11-04T15:30:38Z') },
          { ...watch, at: at('2024-01-02T03:04:05Z') },
        ],
        list: { name: 'watching', at: at('2015-09-14T00:00:00Z') },
        standings: [],
      },
      {
        title: { kind: 'show', title: 'Lock, Stock', ids: {} },
        place: 'data/renamed.csv, line 4',
        watches: [{ episode: { season: 1, number: 2, ids: {} } }],
        standings: [],
      },
      expect.objectContaining({
        title: expect.objectContaining({ title: 'Desperate Housewives' }),
        list: expect.objectContaining({ name: 'hold' }),
      }),
      expect.objectContaining({
        title: expect.objectContaining({ title: 'The Witcher' }),
        list: expect.objectContaining({ name: 'plantowatch' }),
      }),
    ]);
    expect(leftOut).toEqual([{ place: 'data/renamed.csv, line 5', reason: 'it names no episode of a series' }]);
    expect(unread).toEqual(['account_info.csv']);
  });

  it('tells films, and episodes where the newer file is not there', () => {
    const alone = tvTimeExport.read([{ name: 'a.csv', text: TITLES }]);
    expect(alone.records).toMatchObject([
      {
        title: { kind: 'movie', title: 'Fury', year: 2014 },
        watches: [{ at: at('2019-09-08T17:24:29Z') }, { at: 1_616_481_927_000 }],
      },
      { title: { title: 'The Batman', year: 2022 }, list: { name: 'plantowatch' }, watches: [] },
      {
        title: { title: 'The Blacklist', ids: { tvdb: '266189' } },
        watches: [{ at: 1_616_481_927_000, episode: { season: 6, number: 17 } }],
      },
    ]);
    const both = tvTimeExport.read([
      { name: 'a.csv', text: TITLES },
      { name: 'b.csv', text: SERIES },
    ]);
    expect(both.records.map(({ title }) => title.title)).not.toContain('The Blacklist');
  });

  it('tells followed series, and takes nothing from what the newer file says of them', () => {
    const { records, leftOut } = tvTimeExport.read([
      { name: 'v2.csv', text: SERIES },
      { name: 'followed_tv_show.csv', text: FOLLOWED },
      { name: 'user_show_special_status.csv', text: SPECIAL },
    ]);
    const lists = Object.fromEntries(records.map(({ title, list }) => [title.title, list?.name]));
    expect(lists).toMatchObject({ Bodyguard: 'watching', 'My Wife and Kids': 'watching', 'Parks and Recreation': 'plantowatch' });
    expect(leftOut.map(({ reason }) => reason)).toContain('the standing "odd" has no place here');
  });

  it('is known by its columns, and by nothing else', () => {
    expect(tvTimeExport.recognises([{ name: 'x', text: SERIES }])).toBe(true);
    expect(tvTimeExport.recognises([{ name: 'tracking-prod-records-v2.csv', text: 'a,b\n1,2' }])).toBe(false);
    expect(() => tvTimeExport.read([{ name: 'x.csv', text: `${SERIES}\n"open` }])).toThrow(/^x\.csv is no CSV file: /);
  });
});
