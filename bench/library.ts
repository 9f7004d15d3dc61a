/** The two libraries of a bench upstream: movies, and series of 10 seasons with 10 episodes each. */
export type Shelf = Readonly<{ movies: number; episodes: number; shows: number }>;

export const EPISODES_PER_SHOW = 100;
const EPISODES_PER_SEASON = 10;

/** Three titles in ten are movies, as in large private libraries. */
export function shelfOf(items: number): Shelf {
  const movies = Math.floor(items * 0.3);
  const episodes = items - movies;
  return { movies, episodes, shows: Math.ceil(episodes / EPISODES_PER_SHOW) };
}

/** One title, the same for the same number. Seconds since 1970 where it is a time. */
export type BenchTitle = Readonly<{
  n: number;
  name: string;
  year: number;
  summary: string;
  addedAt: number;
  lengthMs: number;
  size: number;
  people: readonly string[];
  genres: readonly string[];
  imdb: string;
  tmdb: number;
  tvdb: number;
  /** Every third title was played, some of them more than once. */
  plays: number;
  playedAt: number;
}>;

export type BenchEpisode = BenchTitle & Readonly<{ show: BenchTitle; season: number; number: number }>;

const WORDS =
  'harbour winter signal orchard lantern mercy quarry meadow engine velvet compass thunder silver paper garden border captain shadow river glass copper feather mirror island'.split(
    ' ',
  );
const GENRES = ['Drama', 'Comedy', 'Science Fiction', 'Thriller', 'Documentary', 'Crime', 'Family'];
const EPOCH = 1_500_000_000;

const word = (n: number): string => WORDS[n % WORDS.length] ?? '';
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A few hundred letters, as long as most summaries are. */
function summaryOf(n: number): string {
  let text = '';
  for (let index = 0; index < 48 + (n % 17); index++) text += `${index === 0 ? capital(word(n)) : word(n * 7 + index * (1 + (n % 5)))} `;
  return `${text.trimEnd()}.`;
}

/** `base` keeps the numbers of movies, episodes and series apart. */
function titleOf(n: number, base: number): BenchTitle {
  const id = base + n;
  const plays = n % 3 === 0 ? 1 + (n % 2) : 0;
  return {
    n: id,
    name: `The ${capital(word(n))} and the ${capital(word(n * 5 + 3))} ${n}`,
    year: 1960 + (n % 60),
    summary: summaryOf(n),
    addedAt: EPOCH + n * 60,
    lengthMs: 1_500_000 + (n % 90) * 60_000,
    size: 900_000_000 + ((n * 7_919) % 9_000_000_000),
    people: Array.from({ length: 6 }, (_, index) => `${capital(word(n + index))} ${capital(word(n * 3 + index * 7))}`),
    genres: [GENRES[n % GENRES.length] ?? '', GENRES[(n + 3) % GENRES.length] ?? ''],
    imdb: `tt${String(10_000_000 + id).padStart(8, '0')}`,
    tmdb: 100_000 + id,
    tvdb: 4_000_000 + id,
    plays,
    playedAt: plays === 0 ? 0 : EPOCH + 30_000_000 + n * 61,
  };
}

export const movieAt = (n: number): BenchTitle => titleOf(n, 1);
export const showAt = (n: number): BenchTitle => titleOf(n, 2_000_001);
export const episodeAt = (n: number): BenchEpisode => ({
  ...titleOf(n, 3_000_001),
  show: showAt(Math.floor(n / EPISODES_PER_SHOW)),
  season: 1 + Math.floor((n % EPISODES_PER_SHOW) / EPISODES_PER_SEASON),
  number: 1 + (n % EPISODES_PER_SEASON),
});
