import { describe, expect, it } from 'vitest';
import type { SourceHit, SourcePage } from '#core/upstreams/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { type FilmFound, limitQuestions } from './limit-questions.ts';

const hit = (id: string, title: string, year?: number, originalTitle?: string): SourceHit => ({
  kind: 'movie',
  id,
  title,
  ...(year !== undefined && { year }),
  ...(originalTitle !== undefined && { originalTitle }),
});

function asking(pages: readonly (readonly SourceHit[])[] | 'no key' | AppError, most = 10) {
  const asked: string[] = [];
  const questions = limitQuestions(
    {
      vendor: 'oracle',
      verify: async () => {
        asked.push('verify');
        return 'known';
      },
      nameOf: async () => {
        asked.push('name');
        return { title: 'Heat' };
      },
      search: async ({ text, year, page = 1 }): Promise<SourcePage | undefined> => {
        asked.push(`${text} ${year} ${page}`);
        if (pages instanceof AppError) throw pages;
        if (pages === 'no key') return undefined;
        return { hits: pages[page - 1] ?? [], page, pages: pages.length, total: 0 };
      },
    },
    most,
  );
  return { questions, asked };
}

describe('a film that is named by name and year', () => {
  it.each<[string, Parameters<typeof asking>[0], FilmFound]>([
    ['the one that is called so', [[hit('949', 'Heat', 1995), hit('1', 'Heat', 1986)]], { ids: { oracle: '949' } }],
    ['the one whose name is written otherwise', [[hit('949', 'HEAT!', 1995)]], { ids: { oracle: '949' } }],
    ['the one whose original name it is', [[hit('949', 'Hitze', 1995, 'Heat')]], { ids: { oracle: '949' } }],
    ['one that two pages list', [[hit('949', 'Heat', 1995)], [hit('949', 'Heat', 1995)]], { ids: { oracle: '949' } }],
    ['of another year: none', [[hit('949', 'Heat', 1996)]], 'none'],
    ['of no known year: none', [[hit('949', 'Heat')]], 'none'],
    ['of a name with an article: none', [[hit('949', 'The Heat', 1995)]], 'none'],
    ['of a longer name: none', [[hit('949', 'Heat Wave', 1995)]], 'none'],
    ['several', [[hit('949', 'Heat', 1995), hit('950', 'Heat', 1995)]], 'several'],
    ['several, the second on a later page', [[hit('949', 'Heat', 1995)], [hit('950', 'Heat', 1995)]], 'several'],
    ['so common that nobody has seen all', [[hit('949', 'Heat', 1995)], [], [], []], 'several'],
    ['none at all', [[]], 'none'],
    ['without a key', 'no key', 'not-asked'],
    ['while the source is away', new AppError('upstream-timeout', 'away'), 'not-asked'],
  ])('is %s', async (_, pages, expected) => {
    expect(await asking(pages).questions.findFilm({ title: 'Heat', year: 1995 })).toEqual(expected);
  });

  it('is not looked for by a name of signs alone', async () => {
    const { questions, asked } = asking([[hit('1', '???', 1995)]]);
    expect(await questions.findFilm({ title: '???', year: 1995 })).toBe('not-asked');
    expect([asked, questions.unasked()]).toEqual([[], 0]);
  });
});

it('asks so much and no more, and counts the rest', async () => {
  const { questions, asked } = asking([[hit('949', 'Heat', 1995)]], 3);
  const title = { kind: 'movie', ids: { imdb: 'tt1' } } as const;
  expect(await questions.verify(title)).toBe('known');
  expect(await questions.nameOf(title)).toEqual({ title: 'Heat' });
  expect(await questions.findFilm({ title: 'Heat', year: 1995 })).toEqual({ ids: { oracle: '949' } });
  expect(questions.unasked()).toBe(0);
  expect([await questions.verify(title), await questions.nameOf(title), await questions.findFilm({ title: 'Heat', year: 1995 })]).toEqual([
    'unavailable',
    undefined,
    'not-asked',
  ]);
  expect([asked.length, questions.unasked()]).toEqual([3, 3]);
});
