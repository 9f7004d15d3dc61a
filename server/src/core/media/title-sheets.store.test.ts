import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MediaId, mediaId } from '#kernel/ids.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { fc } from '#tests/support/properties.ts';
import { createMediaGraph, type MediaGraph } from './media-graph.ts';
import { createTitleNumbers } from './title-numbers.ts';
import { createTitleSheets } from './title-sheets.ts';

describe.each(DATABASES)('titles as lists show them, on %s', (kind) => {
  let opened: TestDatabase;
  let count = 0;
  const clock = { now: () => 1_000 };
  const within = <T>(work: (graph: MediaGraph) => Promise<T>) =>
    opened.database.transaction((handle) => work(createMediaGraph(handle, { clock })));
  const sheets = () => createTitleSheets({ database: opened.database }).of;

  beforeAll(async () => {
    opened = await openTestDatabase(kind);
  });
  afterAll(() => opened.close());

  /** The long way: all that is known of each, and the numbers, asked for by themselves. */
  async function byHand(ids: readonly MediaId[]) {
    const media = await createMediaGraph(opened.database, { clock }).describe(ids);
    const numbers = await createTitleNumbers({ database: opened.database }).numbersOf(ids);
    return new Map(
      ids.flatMap((asked) => {
        const [medium, number] = [media.get(asked), numbers.get(asked)];
        if (medium === undefined || number === undefined) return [];
        const { id, kind: of, title, year, ids: known } = medium;
        return [[asked, { id, kind: of, title, ...(year !== undefined && { year }), ids: known, number }] as const];
      }),
    );
  }

  const wish = fc.record({
    kind: fc.constantFrom('movie', 'show'),
    year: fc.option(fc.integer({ min: 1950, max: 2030 }), { nil: undefined }),
    ids: fc.uniqueArray(fc.constantFrom('imdb', 'tvdb', 'tmdb', 'simkl'), { minLength: 1 }),
    /** What happens to it: in this order, before the titles are looked at, in their middle, and afterwards. */
    numbered: fc.boolean(),
    learns: fc.boolean(),
  });
  const joins = fc.array(fc.tuple(fc.nat(5), fc.nat(5), fc.boolean()), { maxLength: 3 });

  it('are what describing and numbering them comes to, whatever has happened to them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(wish, { minLength: 1, maxLength: 6 }), joins, async (wishes, pairs) => {
        const made: { id: MediaId; kind: string }[] = [];
        for (const { kind: of, year, ids, numbered, learns } of wishes) {
          count += 1;
          const own = Object.fromEntries(ids.map((provider) => [provider, provider === 'imdb' ? `tt${count}` : String(count)]));
          const title = { title: `Title ${count}`, ids: own, ...(year !== undefined && { year }) };
          const know = (more: object) =>
            within(async (graph) =>
              of === 'movie' ? graph.know([{ kind: 'movie', ...title, ...more }]) : graph.knowShows([{ ...title, ...more }]),
            );
          const [known] = await know({});
          const id = known?.mediaId ?? mediaId(0);
          if (numbered) await createTitleNumbers({ database: opened.database }).numbersOf([id]);
          if (learns) await know({ ids: { ...own, simkl: String(50_000 + count) } });
          made.push({ id, kind: of });
        }
        for (const [from, into, parts] of pairs) {
          const [one, other] = [made[from], made[into]];
          if (!one || !other || one.id === other.id || one.kind !== other.kind) continue;
          const [pair] = await within((graph) => graph.merge(one.id, other.id, 'owner')).catch(() => []);
          if (parts && pair) await within((graph) => graph.split(pair.mergeId));
        }
        const asked = [...made.map(({ id }) => id), mediaId(999_999)];
        const shown = await sheets()(asked);
        expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(await byHand(asked)));
        // Numbers that were given by one are found by the other.
        expect(await sheets()(asked)).toEqual(shown);
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('are none for none', async () => {
    expect((await sheets()([])).size).toBe(0);
  });
});
