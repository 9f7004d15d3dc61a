import { describe, expect, it } from 'vitest';
import type { Media } from '#core/media/index.ts';
import { isAppError } from '#kernel/app-error.ts';
import { mediaId } from '#kernel/ids.ts';
import { fc } from '#tests/support/properties.ts';
import { createArrayReader } from './json-array.ts';
import { portableItem } from './portable-items.ts';
import { recordOfPortable } from './portable-record.ts';

const NOW = Date.UTC(2026, 2, 1);
const fail = (reason: string) => new Error(reason) as never;

describe('a portable record', () => {
  const movie = { type: 'movie', watched: 1, updated: 1_760_000_000, title: 'Heat', year: 1995, guids: { guid_imdb: 'tt0113277' } };

  it.each<[string, object, object]>([
    [
      'a movie',
      movie,
      {
        title: {
          kind: 'movie',
          title: 'Heat',
          year: 1995,
          ids: { imdb: 'tt0113277' },
          watched: true,
          changedAt: 1_760_000_000_000,
          copies: [],
        },
      },
    ],
    [
      'texts for numbers',
      { ...movie, watched: '1', updated: '1760000000', year: '1995', guids: { guid_tmdb: 949 } },
      { title: { watched: true, changedAt: 1_760_000_000_000, year: 1995, ids: { tmdb: '949' } } },
    ],
    ['a watched title without progress, whatever it says', { ...movie, progress: 5 }, { title: { watched: true } }],
    [
      'progress',
      { ...movie, watched: 0, progress: '90000' },
      { title: { watched: false, position: { ms: 90_000, at: 1_760_000_000_000 } } },
    ],
    [
      'an episode',
      {
        type: 'episode',
        watched: false,
        updated: 1,
        show: 'Twin Peaks',
        title: 'Pilot',
        season: 0,
        episode: 1,
        guids: [],
        parent: { guid_tvdb: '70533' },
      },
      {
        title: {
          kind: 'episode',
          title: 'Pilot',
          show: { title: 'Twin Peaks', ids: { tvdb: '70533' } },
          season: 0,
          episode: 1,
          watched: false,
        },
      },
    ],
    ['a type that is none', { type: 'show' }, { reason: 'its type "show" is neither movie nor episode' }],
    ['no object', [1], { reason: 'its type "undefined" is neither movie nor episode' }],
  ])('of %s', (_, entry, expected) => {
    const record = recordOfPortable(entry, 3, NOW);
    expect(record).toMatchObject(expected);
    expect(record.what).toMatch(/^entry 3: /);
    if ((entry as { watched?: unknown }).watched === 1) expect(record.title?.position).toBeUndefined();
  });

  it('is what was written, whatever the title', () => {
    const text = fc.string({ minLength: 1, maxLength: 30 }).filter((value) => value.trim() === value);
    const ids = fc.dictionary(fc.constantFrom('tmdb', 'tvdb', 'mal', 'anidb'), fc.integer({ min: 1 }).map(String), { minKeys: 1 });
    const year = fc.option(fc.integer({ min: 1_870, max: 2_100 }), { nil: undefined });
    const known = { id: mediaId(1), createdAt: 0, updatedAt: 0 };
    const movies = fc
      .record({ title: text, ids, year })
      .map(({ year: made, ...rest }): Media => ({ ...known, kind: 'movie', ...rest, ...(made !== undefined && { year: made }) }));
    const episodes = fc
      .record({ title: text, ids, series: text, parent: ids, season: fc.nat(50), episode: fc.integer({ min: 1, max: 900 }) })
      .map(({ series, parent, ...rest }): Media => ({ ...known, kind: 'episode', ...rest, show: { title: series, ids: parent } }));
    const standing = fc.record({
      watched: fc.boolean(),
      at: fc.integer({ min: 631_152_000, max: NOW / 1_000 }).map((s) => s * 1_000),
      positionMs: fc.nat(9_000_000),
    });
    fc.assert(
      fc.property(fc.oneof(movies, episodes), standing, (media, stands) => {
        const { title } = recordOfPortable(JSON.parse(JSON.stringify(portableItem(stands, media))), 1, NOW);
        const { id: _, createdAt: __, updatedAt: ___, ...told } = media;
        expect(title).toEqual({
          ...told,
          watched: stands.watched,
          changedAt: stands.at,
          ...(!stands.watched && stands.positionMs > 0 && { position: { ms: stands.positionMs, at: stands.at } }),
          copies: [],
        });
      }),
    );
  });
});

describe('the entries of an array', () => {
  const readAll = (text: string, sizes: readonly number[]) => {
    const reader = createArrayReader(fail);
    const found: unknown[] = [];
    for (let [at, turn] = [0, 0]; at < text.length; turn += 1) {
      const size = sizes[turn % sizes.length] ?? 1;
      found.push(...reader.read(text.slice(at, at + size)));
      at += size;
    }
    reader.end();
    return found;
  };

  it('come whole, wherever the text is cut', () => {
    const entry = fc.dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 });
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
        fc.nat(2),
        (entries, sizes, indent) => {
          expect(readAll(JSON.stringify(entries, null, indent), sizes)).toEqual(JSON.parse(JSON.stringify(entries)));
        },
      ),
    );
  });

  it.each([
    ['', 'it is empty'],
    ['{}', 'it is no list of titles'],
    ['[1]', 'one of its entries is no title'],
    ['[{"a":1}', 'it ends too early'],
    ['[{"a":', 'it ends too early'],
    ['[{a}]', 'it is no JSON'],
    ['[{}] x', 'something follows its end'],
    [`[{"a":"${'x'.repeat(1_000_001)}`, 'one of its entries is too large for a title'],
  ])('%.20s is refused: %s', (text, reason) => expect(() => readAll(text, [400_000])).toThrow(reason));

  it('fails with whatever its caller fails with', () => expect(isAppError(fail('x'))).toBe(false));
});
