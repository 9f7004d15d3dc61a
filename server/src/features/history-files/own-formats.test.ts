import { describe, expect, it } from 'vitest';
import type { ExportedEpisode, ExportedRecord } from '#core/upstreams/index.ts';
import { fc } from '#tests/support/properties.ts';
import { ownCsv, writeCsv } from './own-csv.ts';
import { ownJson, writeJson } from './own-json.ts';

const instant = fc.integer({ min: 1, max: 4_000_000_000_000 });
const at = fc.option(instant, { nil: undefined }).map((value) => (value === undefined ? {} : { at: value }));
/** Texts as people write them, line ends, quotes, commas and beginnings of formulas included. */
const words = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
  fc.constantFrom('=1+1', "'quoted", '-', 'a "b", c', 'two\nlines', '\r\n', ' ', '@x'),
);
const ids = fc.dictionary(fc.constantFrom('imdb', 'tmdb', 'tvdb', 'mal', 'guid_mine'), fc.stringMatching(/^[a-z0-9&=;:+ /-]{1,12}$/));
const episode: fc.Arbitrary<ExportedEpisode> = fc
  .record({ season: fc.nat(30), number: fc.nat(2_000), title: fc.option(words, { nil: undefined }), ids })
  .map(({ title, ...rest }) => ({ ...rest, ...(title !== undefined && { title }) }));
const rating = fc.tuple(fc.integer({ min: 1, max: 10 }), at).map(([value, when]) => ({ value, ...when }));
const position = fc.tuple(fc.nat(9_000_000), at).map(([ms, when]) => ({ ms, ...when }));

function recordOf(kind: 'movie' | 'show'): fc.Arbitrary<ExportedRecord> {
  const which = kind === 'show' ? episode.map((one) => ({ episode: one })) : fc.constant({});
  return fc
    .record({
      title: words,
      year: fc.option(fc.integer({ min: 1900, max: 2100 }), { nil: undefined }),
      ids,
      watches: fc.array(fc.tuple(which, at), { maxLength: 4 }),
      standings: fc.array(fc.tuple(which, at, fc.boolean(), fc.option(position, { nil: undefined })), { maxLength: 3 }),
      playbacks: fc.array(fc.tuple(which, fc.double({ min: 0.01, max: 100, noNaN: true }), instant), { maxLength: 2 }),
      list: fc.option(fc.tuple(fc.constantFrom('watching', 'plantowatch', 'hold', 'completed', 'dropped'), at), { nil: undefined }),
      rating: fc.option(rating, { nil: undefined }),
      memo: fc.option(fc.record({ text: words, isPrivate: fc.boolean() }), { nil: undefined }),
    })
    .map((told) => ({
      title: { kind, title: told.title, ...(told.year !== undefined && { year: told.year }), ids: told.ids },
      place: '',
      watches: told.watches.map(([one, when]) => ({ ...one, ...when })),
      standings: told.standings.map(([one, when, watched, place]) => ({ ...one, watched, ...when, ...(place && { position: place }) })),
      ...(told.playbacks.length > 0 && { playbacks: told.playbacks.map(([one, percent, when]) => ({ ...one, percent, at: when })) }),
      ...(told.list && { list: { name: told.list[0], ...told.list[1] } }),
      ...(told.rating && { rating: told.rating }),
      ...(told.memo && { memo: told.memo }),
    }));
}

/** Titles that are told apart: two of the same name, year and ids are one. */
const histories = fc.uniqueArray(fc.oneof(recordOf('movie'), recordOf('show')), {
  maxLength: 6,
  selector: ({ title }) => JSON.stringify([title.kind, title.title, title.year, Object.entries(title.ids).sort()]),
});

async function* each<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values;
}
async function whole(parts: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const part of parts) text += part;
  return text;
}
const withoutPlaces = (records: readonly ExportedRecord[]) => records.map((record) => ({ ...record, place: '' }));

describe('our own form of a history', () => {
  it('comes back whole from JSON', () =>
    fc.assert(
      fc.asyncProperty(histories, async (records) => {
        const text = await whole(writeJson({ person: 'main', exportedAt: 0 }, each(records)));
        const file = { name: 'history.json', text };
        expect(ownJson.recognises([file])).toBe(true);
        const read = ownJson.read([file]);
        expect(withoutPlaces(read.records)).toEqual(records);
        expect(read.leftOut).toEqual([]);
      }),
    ));

  it('comes back whole from CSV', () =>
    fc.assert(
      fc.asyncProperty(histories, async (records) => {
        const file = { name: 'history.csv', text: await whole(writeCsv(each(records))) };
        expect(ownCsv.recognises([file])).toBe(true);
        const read = ownCsv.read([file]);
        expect(withoutPlaces(read.records)).toEqual(records);
        expect(read.leftOut).toEqual([]);
      }),
    ));

  it('writes no cell that a spreadsheet takes for a formula', async () => {
    const record: ExportedRecord = {
      title: { kind: 'movie', title: '=HYPERLINK("x")', ids: {} },
      place: '',
      watches: [],
      standings: [],
    };
    expect(await whole(writeCsv(each([record])))).toContain(`"'=HYPERLINK(""x"")"`);
  });

  it.each([-5, 12.75, 1e300, '9'])('takes no time in a title from a position of %j', (ms) => {
    const titles = [{ kind: 'movie', title: 'X', standings: [{ watched: false, position: { ms } }] }];
    const text = JSON.stringify({ format: 'usherr.history', version: 1, titles });
    expect(ownJson.read([{ name: 'h.json', text }])).toMatchObject({
      records: [{ standings: [{ watched: false }] }],
      leftOut: [{ place: 'h.json, title 1', reason: 'where somebody stopped is no time within a title' }],
    });
  });

  it('says what it cannot read, and refuses another version', () => {
    const document = {
      format: 'usherr.history',
      version: 1,
      titles: [{ kind: 'movie' }, { kind: 'show', title: 'X', list: { name: 'odd' }, rating: { value: 11 } }],
    };
    const file = (value: object) => ({ name: 'h.json', text: JSON.stringify(value) });
    expect(ownJson.read([file(document), { name: 'other.txt', text: 'x' }])).toMatchObject({
      records: [{ title: { title: 'X' } }],
      leftOut: [
        { place: 'h.json, title 1', reason: 'it names no title' },
        { place: 'h.json, title 2', reason: 'the list "odd" is unknown' },
        { place: 'h.json, title 2', reason: 'its rating is none from 1 to 10' },
      ],
      unread: ['other.txt'],
    });
    expect(() => ownJson.read([file({ ...document, version: 2 })])).toThrow('h.json is of version 2');
    expect(() => ownJson.read([{ name: 'cut.json', text: JSON.stringify(document).slice(0, -9) }])).toThrow('None of these files');
  });
});
