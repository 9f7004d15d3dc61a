import type { FakeTitle } from '#core/upstreams/media-server.fake.ts';

type Movie = readonly [title: string, year: number, imdb: string, tmdb: string];
type Show = readonly [title: string, year: number, ids: Readonly<Record<string, string>>, seasons: readonly number[]];

const MOVIES: readonly Movie[] = [
  ['Alien', 1979, 'tt0078748', '348'],
  ['Aliens', 1986, 'tt0090605', '679'],
  ['Amélie', 2001, 'tt0211915', '194'],
  ['Arrival', 2016, 'tt2543164', '329865'],
  ['Back to the Future', 1985, 'tt0088763', '105'],
  ['Blade Runner', 1982, 'tt0083658', '78'],
  ['Dune', 2021, 'tt1160419', '438631'],
  ['Fight Club', 1999, 'tt0137523', '550'],
  ['Forrest Gump', 1994, 'tt0109830', '13'],
  ['Goodfellas', 1990, 'tt0099685', '769'],
  ['Heat', 1995, 'tt0113277', '949'],
  ['Inception', 2010, 'tt1375666', '27205'],
  ['Interstellar', 2014, 'tt0816692', '157336'],
  ['Jaws', 1975, 'tt0073195', '578'],
  ['Jurassic Park', 1993, 'tt0107290', '329'],
  ['Mad Max: Fury Road', 2015, 'tt1392190', '76341'],
  ['My Neighbor Totoro', 1988, 'tt0096283', '8392'],
  ['Parasite', 2019, 'tt6751668', '496243'],
  ['Princess Mononoke', 1997, 'tt0119698', '128'],
  ['Pulp Fiction', 1994, 'tt0110912', '680'],
  ['Spirited Away', 2001, 'tt0245429', '129'],
  ['Terminator 2: Judgment Day', 1991, 'tt0103064', '280'],
  ['The Dark Knight', 2008, 'tt0468569', '155'],
  ['The Godfather', 1972, 'tt0068646', '238'],
  ['The Matrix', 1999, 'tt0133093', '603'],
  ['The Shawshank Redemption', 1994, 'tt0111161', '278'],
  ['Toy Story', 1995, 'tt0114709', '862'],
  ['WALL·E', 2008, 'tt0910970', '10681'],
  ['Whiplash', 2014, 'tt2582802', '244786'],
  ['Your Name.', 2016, 'tt5311514', '372058'],
];

/** Seasons with how many episodes each has. */
const SHOWS: readonly Show[] = [
  ['Breaking Bad', 2008, { tvdb: '81189', imdb: 'tt0903747', tmdb: '1396' }, [7, 13, 13, 13, 16]],
  ['Chernobyl', 2019, { tvdb: '360893', imdb: 'tt7366338', tmdb: '87108' }, [5]],
  ['Firefly', 2002, { tvdb: '78874', imdb: 'tt0303461', tmdb: '1437' }, [14]],
  ['Severance', 2022, { tvdb: '371980', imdb: 'tt11280740', tmdb: '95396' }, [9, 10]],
  ['The Expanse', 2015, { tvdb: '280619', imdb: 'tt3230854', tmdb: '63639' }, [10, 13, 13, 10, 10, 6]],
  ['The Wire', 2002, { tvdb: '79126', imdb: 'tt0306414', tmdb: '1438' }, [13, 12, 12, 13, 10]],
  ['Twin Peaks', 1990, { tvdb: '70533', imdb: 'tt0098936', tmdb: '1920' }, [8, 22]],
];

const MINUTE = 60_000;
const ADDED = Date.UTC(2024, 2, 1);

const file = (folder: string, name: string): string => `/media/${folder}/${name}.mkv`;
const two = (number: number): string => String(number).padStart(2, '0');

export const demoMovies: readonly FakeTitle[] = MOVIES.map(([title, year, imdb, tmdb], index) => ({
  kind: 'movie',
  title,
  year,
  ids: { imdb, tmdb },
  path: file(`movies/${title} (${year})`, `${title} (${year})`),
  addedAt: ADDED + index * 3_600_000,
  durationMs: 118 * MINUTE,
}));

export const demoEpisodes: readonly FakeTitle[] = SHOWS.flatMap(([title, year, ids, seasons]) =>
  seasons.flatMap((count, index) =>
    Array.from({ length: count }, (_, episode): FakeTitle => {
      const number = `S${two(index + 1)}E${two(episode + 1)}`;
      return {
        kind: 'episode',
        title: `Episode ${episode + 1}`,
        show: { title, year, ids },
        season: index + 1,
        episodes: [episode + 1],
        path: file(`shows/${title} (${year})/Season ${two(index + 1)}`, `${title} - ${number}`),
        addedAt: ADDED + episode * 60_000,
        durationMs: 48 * MINUTE,
      };
    }),
  ),
);
