import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { createJellyfinFake } from '../server/src/integrations/jellyfin/jellyfin.fake.ts';
import { type BenchHouse, startHouse } from './bench-house.ts';
import { type Bar, type Figure, median, type Reading } from './figure.ts';
import { layHistory, RARE, rareIds } from './history-rows.ts';

const SMALL = 10_000;
const BIG = 1_000_000;
const ALLOWED = 2;
const ASKED_EACH = 15;
const TRIES = 3;

type Questions = Readonly<Record<string, (items: number) => string>>;

/** Met by the whole history or by a great part of it; a page is cut out. */
const WIDE: Questions = {
  first: () => '',
  third: () => 'perpage=50&page=3',
  last: (items) => `page=${Math.ceil(items / 12)}`,
  watched: () => 'watched=1',
  unwatched: () => 'watched=0',
  type: () => 'type=episode',
  via: () => 'via=attic',
  ...Object.fromEntries(
    ['id', 'type', 'updated', 'watched', 'via', 'title', 'year', 'season', 'episode', 'created_at', 'updated_at'].flatMap((by) =>
      ['asc', 'desc'].map((way) => [`${by}:${way}`, () => `sort=${by}:${way}`] as const),
    ),
  ),
  'watched by title': () => 'watched=1&sort=title:asc',
  'title, then episode': () => 'sort=title:asc&sort=season:asc&sort=episode:asc',
};

/** Met by as many titles in the one as in the other. */
const NARROW: Questions = {
  title: () => `title=${RARE.movieWord.toLowerCase()}`,
  'title of a series': () => `title=${RARE.showWord}`,
  subtitle: () => `subtitle=${RARE.episodeWord}`,
  'title and watched': () => `title=${RARE.movieWord}&watched=1`,
  'title by year': () => `title=${RARE.movieWord}&sort=year:desc&sort=title:asc`,
  year: () => `year=${RARE.year}`,
  season: () => `season=${RARE.season}`,
  episode: () => `episode=${RARE.episode}`,
  via: () => 'via=barn',
  'via by title': () => 'via=barn&sort=title:asc',
  parent: () => `parent=tvdb://${rareIds.show}`,
  rguid: () => `rguid=tvdb://${rareIds.show}/1/2`,
  guids: () => `guids=imdb://${rareIds.movie}`,
  id: () => 'id=4711',
  'metadata, an id': () => 'metadata=1&key=attic.id&value=4711&exact=1',
  nothing: () => 'title=there+is+no+such+title',
};

async function furnish(folder: string, items: number): Promise<void> {
  const fake = await createJellyfinFake();
  try {
    const house = await startHouse(folder);
    const { baseUrl: url, owner } = fake;
    for (const name of ['attic', 'barn']) await house.addBackend({ type: 'jellyfin', url, token: owner.token, user: owner.id, name });
    await house.close();
    layHistory(folder, items);
  } finally {
    await fake.close();
  }
}

async function ask(house: BenchHouse, question: string): Promise<number> {
  const started = performance.now();
  const { status } = await house.call('GET', `/history?${question}`);
  // What nothing matches is answered so.
  if (status !== 200 && status !== 404) throw new Error(`The history was answered ${status} for ${question}.`);
  return performance.now() - started;
}

/** By turns, so that what else the machine does meets both. */
async function compareOnce(small: BenchHouse, big: BenchHouse, question: (items: number) => string) {
  const times = { small: [] as number[], big: [] as number[] };
  for (let n = -2; n < ASKED_EACH; n++) {
    const [few, many] = [await ask(small, question(SMALL)), await ask(big, question(BIG))];
    if (n < 0) continue;
    times.small.push(few);
    times.big.push(many);
  }
  const [base, value] = [median(times.small), median(times.big)];
  return { base, value, ratio: value / base };
}

/** The question that suffers most. One that seems to take too long is asked again: the worst of many would be a hiccup of the machine. */
async function compare(small: BenchHouse, big: BenchHouse, questions: Questions): Promise<Reading> {
  const found: (Awaited<ReturnType<typeof compareOnce>> & { name: string })[] = [];
  for (const [name, question] of Object.entries(questions)) {
    let best = await compareOnce(small, big, question);
    for (let again = 1; again < TRIES && best.ratio > ALLOWED; again++) {
      const next = await compareOnce(small, big, question);
      if (next.ratio < best.ratio) best = next;
    }
    found.push({ name, ...best });
  }
  const [worst] = found.toSorted((one, other) => other.ratio - one.ratio);
  if (worst === undefined) throw new Error('There is nothing to ask.');
  return { value: worst.value, base: worst.base, beside: Object.fromEntries(found.map(({ name, ratio }) => [name, ratio])) };
}

/** The same questions to a history of ten thousand titles and to one of a million; of each kind the question that suffers most counts. */
export const historyFigure: Figure = {
  id: 'history',
  title: 'Pages of a long history',
  async measure({ runs, folder, tell }) {
    const folders = [await mkdtemp(join(folder, 'small-')), await mkdtemp(join(folder, 'big-'))] as const;
    await furnish(folders[0], SMALL);
    await furnish(folders[1], BIG);
    tell(`history: ${BIG} titles are laid`);
    const found = { wide: [] as Reading[], narrow: [] as Reading[] };
    const small = await startHouse(folders[0]);
    const big = await startHouse(folders[1]);
    try {
      for (let run = 1; run <= runs; run++) {
        found.wide.push(await compare(small, big, WIDE));
        found.narrow.push(await compare(small, big, NARROW));
        const worst = [...found.wide.slice(-1), ...found.narrow.slice(-1)].map(({ value, base }) => (value / (base ?? 1)).toFixed(2));
        tell(`history ${run}/${runs}: at worst ${worst.join(' × and ')} × as long for a hundred times as many`);
      }
    } finally {
      await small.close();
      await big.close();
    }
    const bar = (name: string, readings: readonly Reading[]): Bar => ({
      name,
      unit: 'ms',
      bar: ALLOWED,
      against: { row: 'baseline', times: ALLOWED },
      readings,
    });
    return [bar('A page of 1,000,000 titles to one of 10,000', found.wide), bar('What equally many titles match', found.narrow)];
  },
};
