import { describe, expect, it } from 'vitest';
import { letterboxdExport } from './letterboxd-export.ts';

const files = [
  {
    name: 'letterboxd-x/watched.csv',
    text: 'Date,Name,Year,Letterboxd URI\n2021-02-01,Alien,1979,https://boxd.it/a\n2022-05-10,"Good, Bad, Ugly",1966,https://boxd.it/b\n',
  },
  {
    name: 'letterboxd-x/diary.csv',
    text: 'Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n2021-02-01,Alien,1979,https://boxd.it/d1,4,,,2021-01-31\n2024-07-01,Alien,1979,https://boxd.it/d2,4.5,Yes,"a, b",2024-06-30\n2024-07-02,Alien,2026,https://boxd.it/d3,,,,\n',
  },
  {
    name: 'letterboxd-x/ratings.csv',
    text: '\ufeffDate,Name,Year,Letterboxd URI,Rating\n2024-07-01,Alien,1979,https://boxd.it/a,5\n2022-05-10,"Good, Bad, Ugly",1966,https://boxd.it/b,0.5\n2022-05-10,,1966,https://boxd.it/b,3\n2022-05-10,Odd,1966,https://boxd.it/b,many\n',
  },
  { name: 'letterboxd-x/watchlist.csv', text: 'Date,Name,Year,Letterboxd URI\n2023-01-15,Amélie,2001,https://boxd.it/c\n' },
  { name: 'letterboxd-x/reviews.csv', text: 'Date,Name\n' },
  { name: 'letterboxd-x/profile.csv', text: 'Date Joined,Username\n' },
];
const noon = (day: string): number => Date.parse(`${day}T12:00:00Z`);

describe('an export of Letterboxd', () => {
  it('tells each watch of the diary on its day, and other watched films once on no day', () => {
    const { records, leftOut, unread } = letterboxdExport.read(files);
    expect(records.map(({ title, watches, rating, list }) => [title.title, title.year, watches, rating?.value, list?.name])).toEqual([
      ['Alien', 1979, [{ at: noon('2021-01-31') }, { at: noon('2024-06-30') }], 10, undefined],
      ['Alien', 2026, [{}], undefined, undefined],
      ['Good, Bad, Ugly', 1966, [{}], 1, undefined],
      ['Amélie', 2001, [], undefined, 'plantowatch'],
    ]);
    expect(leftOut).toEqual([
      { place: 'reviews.csv', reason: 'reviews have no place here' },
      { place: 'letterboxd-x/ratings.csv, line 4', reason: 'it has no name' },
      { place: 'letterboxd-x/ratings.csv, line 5', reason: 'many is no rating' },
    ]);
    expect(unread).toEqual(['letterboxd-x/profile.csv']);
  });

  it('tells nothing of what the member deleted there, whichever comes first', () => {
    const columns = 'Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date';
    const aside = [
      'deleted/diary.csv',
      'orphaned/diary.csv',
      'likes/watched.csv',
      'lists/watchlist.csv',
      'letterboxd-x/deleted/ratings.csv',
    ];
    const more = aside.map((name) => ({ name, text: `${columns}\n2020-01-01,Deleted,1999,https://boxd.it/x,1,,,2020-01-01\n` }));
    for (const all of [
      [...files, ...more],
      [...more, ...files],
    ]) {
      const told = letterboxdExport.read(all);
      expect(told.records).toEqual(letterboxdExport.read(files).records);
      expect([...told.unread].sort()).toEqual([...aside, 'letterboxd-x/profile.csv'].sort());
    }
  });

  it('is known by its columns', () => {
    expect(letterboxdExport.recognises(files)).toBe(true);
    expect(letterboxdExport.recognises([{ name: 'watched.csv', text: 'Name,Year\n' }])).toBe(false);
  });
});
