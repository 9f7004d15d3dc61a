import { hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { NO_OWN_IDS } from '#core/media/index.ts';
import type { ItemPage } from '#core/upstreams/index.ts';
import { systemClock } from '#kernel/instant.ts';
import { type LibraryReading, readLibrary } from './library-reader.ts';
import { idReaderOf } from './provider-ids.ts';

const movie = (n: number) => ({ Id: `m${n}`, Name: `Film ${n}`, Type: 'Movie', UserData: { Played: false } });
const all = Array.from({ length: 10 }, (_, n) => movie(n));
const FILMS = { id: 'films', name: 'Films', kind: 'movies', supported: true } as const;

function reading(answer: (offset: number, limit: number) => unknown) {
  const asked: number[] = [];
  const signals: AbortSignal[] = [];
  const deps: LibraryReading = {
    library: FILMS,
    pageSize: 3,
    maxEpisodeRange: 5,
    vendor: 'Test',
    ids: idReaderOf(NO_OWN_IDS, 'jellyfin'),
    idsKey: '',
    clock: systemClock,
    signal: new AbortController().signal,
    fetchPage: async ({ offset, limit, signal }) => {
      asked.push(offset);
      signals.push(signal);
      const text = JSON.stringify(answer(offset, limit));
      return { digest: () => hash('sha256', text), text, json: () => JSON.parse(text) as unknown };
    },
  };
  return { deps, asked, signals };
}
const whole = (offset: number, limit: number) => ({ Items: all.slice(offset, offset + limit), TotalRecordCount: all.length });

async function readAll(deps: LibraryReading): Promise<{ pages: ItemPage[]; error?: unknown }> {
  const pages: ItemPage[] = [];
  try {
    for await (const page of readLibrary(deps)) pages.push(page);
    return { pages };
  } catch (error) {
    return { pages, error };
  }
}
const ids = (pages: readonly ItemPage[]) => pages.flatMap((page) => page.items.map((item) => item.upstreamId));

describe('a library', () => {
  it('comes whole and in order', async () => {
    const { deps, asked } = reading(whole);
    const { pages, error } = await readAll(deps);
    expect(error).toBeUndefined();
    expect(ids(pages)).toEqual(all.map((each) => each.Id));
    expect(asked).toEqual([0, 3, 6, 9]);
  });

  it('that loses an item in the middle is passed on, and then called short', async () => {
    const { deps } = reading((offset, limit) => ({
      Items: whole(offset, limit).Items.filter((each) => each.Id !== 'm4'),
      TotalRecordCount: 10,
    }));
    const { pages, error } = await readAll(deps);
    expect(ids(pages)).toEqual(['m0', 'm1', 'm2', 'm3', 'm5', 'm6', 'm7', 'm8', 'm9']);
    expect(error).toMatchObject({ code: 'upstream-unreadable', details: { total: 10, received: 9 } });
  });

  it('that shrinks while it is read, and says so, is not called short', async () => {
    const { deps } = reading((offset, limit) => ({
      Items: all.slice(0, 8).slice(offset, offset + limit),
      TotalRecordCount: offset < 6 ? 10 : 8,
    }));
    expect((await readAll(deps)).error).toBeUndefined();
  });

  it('that loses items in front of what was read is read without a gap', async () => {
    let left = all;
    const { deps, asked } = reading((offset, limit) => {
      if (offset === 6) left = all.filter(({ Id }) => Id !== 'm0' && Id !== 'm4');
      return { Items: left.slice(offset, offset + limit), TotalRecordCount: left.length };
    });
    const { pages, error } = await readAll(deps);
    expect(error).toBeUndefined();
    expect([...new Set(ids(pages))]).toEqual(all.map((each) => each.Id));
    expect(asked).toEqual([0, 3, 6, 4, 7]);
  });

  it('whose count goes up and down comes to an end', async () => {
    let asks = 0;
    const { deps } = reading((offset, limit) => {
      asks += 1;
      return { Items: all.slice(offset, offset + limit), TotalRecordCount: asks % 2 === 0 ? 4 : 10 };
    });
    await readAll(deps);
    expect(asks).toBeLessThan(250);
  });

  it('that grows while it is read is read to its new end', async () => {
    const { deps } = reading((offset, limit) => ({ Items: all.slice(offset, offset + limit), TotalRecordCount: offset === 0 ? 4 : 10 }));
    const { pages, error } = await readAll(deps);
    expect(error).toBeUndefined();
    expect(ids(pages)).toHaveLength(10);
  });

  it('whose count is not said cannot be read', async () => {
    const { deps } = reading((offset, limit) => ({ Items: whole(offset, limit).Items }));
    expect((await readAll(deps)).error).toMatchObject({ code: 'upstream-unreadable' });
  });

  it('is fetched one page ahead of its reader, and no further', async () => {
    const { deps, asked } = reading(whole);
    const pages = readLibrary(deps);
    await pages.next();
    await expect.poll(() => asked.length).toBe(2);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(asked).toEqual([0, 3]);
    await pages.return();
  });

  it('calls off what is on its way when the reader has had enough', async () => {
    const { deps, signals } = reading(whole);
    const pages = readLibrary(deps);
    await pages.next();
    await pages.return();
    expect(signals.at(-1)?.aborted).toBe(true);
  });
});
