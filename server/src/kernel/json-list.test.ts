import { describe, expect, it } from 'vitest';
import { mapLongList } from './json-list.ts';

const title = (n: number) => ({
  Name: `He said "},{\\"Name\\":" ${n}`,
  Id: `id${n}`,
  Overview: 'x'.repeat(1_000),
  Studios: [
    { Name: 'One', Key: 1 },
    { Name: 'Two', Key: 2 },
  ],
  Parts: [{ Items: [] }],
});
const titles = Array.from({ length: 800 }, (_, n) => title(n));
const page = (more: object = {}, items: readonly unknown[] = titles) => ({ Before: [1], Items: items, Total: 800, ...more });
const same = (element: unknown) => element;

describe('a long list', () => {
  it('comes as it would if the document were parsed as a whole', () => {
    const listed = mapLongList(JSON.stringify(page()), 'Items', same);
    expect(listed?.items).toEqual(titles);
    expect(listed?.rest).toEqual(page({}, []));
  });

  it('is handed over in parts, so that what was made of one is free before the next', () => {
    const parse = JSON.parse;
    const lengths: number[] = [];
    JSON.parse = (text: string) => {
      lengths.push(text.length);
      return parse(text) as unknown;
    };
    try {
      mapLongList(JSON.stringify(page()), 'Items', same);
    } finally {
      JSON.parse = parse;
    }
    expect(lengths.length).toBeGreaterThan(5);
    expect(Math.max(...lengths)).toBeLessThan(200_000);
  });

  it.each([
    [
      'whose elements begin with a list',
      JSON.stringify(
        page(
          {},
          titles.map(({ Studios, ...one }) => ({ Studios, ...one })),
        ),
      ),
    ],
    ['behind which another list comes', JSON.stringify(page({ After: ['x'] }))],
    ['that is written with blanks', JSON.stringify(page(), null, 1)],
    ['that is broken in the middle', JSON.stringify(page()).replace('"id400"', '"id400')],
    ['that is cut off', JSON.stringify(page()).slice(0, -500)],
    ['that is not there', JSON.stringify({ Elsewhere: titles })],
    ['that is short', JSON.stringify({ Items: titles.slice(0, 3) })],
  ])('%s is left to be parsed as a whole', (_, text) => {
    expect(mapLongList(text, 'Items', same)).toBeUndefined();
  });

  it('keeps elements of other kinds', () => {
    const odd = [...titles.slice(0, 300), 7, null, 'text', ...titles.slice(300)];
    expect(mapLongList(JSON.stringify(page({}, odd)), 'Items', same)?.items).toEqual(odd);
  });

  it('passes on the faults of whoever reads an element', () => {
    const failing = () => {
      throw new RangeError('mine');
    };
    expect(() => mapLongList(JSON.stringify(page()), 'Items', failing)).toThrow('mine');
  });
});
