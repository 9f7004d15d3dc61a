import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MediaId, mediaId } from '#kernel/ids.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import type { ExternalIds } from './external-ids.ts';
import { createMediaGraph, type MediaGraph } from './media-graph.ts';
import { createTitleNumbers } from './title-numbers.ts';

describe.each(DATABASES)('the numbers that apps see, on %s', (kind) => {
  let opened: TestDatabase;
  let count = 0;
  const clock = { now: () => 1_000 };
  const within = <T>(work: (graph: MediaGraph) => Promise<T>) =>
    opened.database.transaction((handle) => work(createMediaGraph(handle, { clock })));
  const numbers = () => createTitleNumbers({ database: opened.database });
  const movie = async (ids: ExternalIds = { imdb: `tt${++count}` }): Promise<MediaId> => {
    const [known] = await within((graph) => graph.know([{ kind: 'movie', title: `Film ${count}`, ids }]));
    return known?.mediaId ?? mediaId(0);
  };
  const numberOf = async (media: MediaId) => (await numbers().numbersOf([media])).get(media);
  const meaning = async (number: number | undefined) => (await numbers().mediaOf([number ?? 0])).get(number ?? 0);

  beforeAll(async () => {
    opened = await openTestDatabase(kind);
  });
  afterAll(() => opened.close());

  it('are Simkl ids where those are known, and the household’s own from the reserved range where not', async () => {
    const [known, unknown, other] = [await movie({ simkl: '53992' }), await movie(), await movie()];
    const given = await numbers().numbersOf([known, unknown, other, mediaId(999_999)]);
    expect([...given]).toEqual([
      [known, 53_992],
      [unknown, 2_000_000_000],
      [other, 2_000_000_001],
    ]);
    expect([...(await numbers().mediaOf([2_000_000_001, 53_992, 2_000_000_777, 5]))].sort()).toEqual(
      [
        [2_000_000_001, other],
        [53_992, known],
      ].sort(),
    );
  });

  it('stay the answer after the Simkl id was learnt, and both are accepted', async () => {
    const film = await movie({ imdb: 'tt500' });
    const number = await numberOf(film);
    await movie({ imdb: 'tt500', simkl: '4500' });
    expect(await numberOf(film)).toBe(number);
    expect([await meaning(number), await meaning(4500)]).toEqual([film, film]);
  });

  it('stay the answer of the title that is left of two, and the other’s is accepted for it, until they are two again', async () => {
    const [left, joined] = [await movie(), await movie()];
    const [numberLeft, numberJoined] = [await numberOf(left), await numberOf(joined)];
    const [pair] = await within((graph) => graph.merge(joined, left, 'owner'));
    expect([await numberOf(left), await numberOf(joined)]).toEqual([numberLeft, numberLeft]);
    expect([await meaning(numberLeft), await meaning(numberJoined)]).toEqual([left, left]);
    await within((graph) => graph.split(pair?.mergeId ?? 0));
    expect([await numberOf(left), await numberOf(joined)]).toEqual([numberLeft, numberJoined]);
    expect([await meaning(numberLeft), await meaning(numberJoined)]).toEqual([left, joined]);
  });

  it('pass to the title that is left of two where it had none, and return with the split', async () => {
    const [left, middle, first] = [await movie(), await movie(), await movie()];
    const number = await numberOf(first);
    await within((graph) => graph.merge(first, middle, 'owner'));
    const [pair] = await within((graph) => graph.merge(middle, left, 'owner'));
    expect(await numberOf(left)).toBe(number);
    await within((graph) => graph.split(pair?.mergeId ?? 0));
    expect([await numberOf(middle), await meaning(number)]).toEqual([number, middle]);
    const own = await numberOf(left);
    expect(own).not.toBe(number);
    expect([await meaning(own), await numberOf(left)]).toEqual([left, own]);
  });

  it('keep the Simkl id that was answered where a joined title brings another', async () => {
    const [left, joined] = [await movie({ simkl: '9002' }), await movie({ simkl: '9001' })];
    expect(await numberOf(left)).toBe(9002);
    await within((graph) => graph.merge(joined, left, 'owner'));
    expect([await numberOf(left), await meaning(9001), await meaning(9002)]).toEqual([9002, left, left]);
  });

  it('tell movies, series and episodes apart that have the same Simkl id', async () => {
    const film = await movie({ simkl: '77' });
    const [show] = await within((graph) => graph.knowShows([{ title: 'Lost', ids: { simkl: '77' } }]));
    const [episode] = await within((graph) =>
      graph.know([
        { kind: 'episode', title: 'Pilot', ids: { simkl: '77' }, show: { title: 'Lost', ids: { simkl: '77' } }, season: 1, episode: 1 },
      ]),
    );
    const of = async (...kinds: ('movie' | 'show' | 'episode')[]) => (await numbers().mediaOf([77], kinds)).get(77);
    expect([await of('movie'), await of('show'), await of('episode')]).toEqual([film, show?.mediaId, episode?.mediaId]);
    const all = [film, show?.mediaId, episode?.mediaId].flatMap((id) => id ?? []);
    for (const _ of [1, 2]) expect([...(await numbers().numbersOf(all)).values()]).toEqual([77, 77, 77]);
  });

  it('are given once where several ask at the same time', async () => {
    const films: MediaId[] = [];
    for (let i = 0; i < 5; i++) films.push(await movie());
    const answers = await Promise.all(Array.from({ length: 6 }, () => numbers().numbersOf(films)));
    const given = new Set(answers.map((answer) => [...answer.values()].join()));
    expect(given.size).toBe(1);
    expect(new Set([...given].join().split(',')).size).toBe(5);
  });

  it('are given within a transaction that is open, and are not given where it is undone', async () => {
    const film = await movie();
    const undone = opened.database.transaction(async (handle) => {
      expect((await numbers().on(handle).numbersOf([film])).get(film)).toBeGreaterThan(2_000_000_000);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    const other = await movie();
    expect(await numberOf(other)).toBeLessThan((await numberOf(film)) ?? 0);
  });
});
