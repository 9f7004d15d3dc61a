import { describe, expect, it } from 'vitest';
import { fc } from '#tests/support/properties.ts';
import { type Candidate, matchTitle, type TitleEvidence } from './match-title.ts';

type Named = Candidate & Readonly<{ name: string }>;

const known = (name: string, ids: Record<string, string>, more: Partial<Candidate> = {}): Named => ({
  name,
  ids: new Map(Object.entries(ids).map(([provider, value]) => [provider, [value]])),
  title: 'A Title',
  year: 2001,
  sameNumber: false,
  otherNumberHere: false,
  otherShow: false,
  current: false,
  ...more,
});
const title = (ids: Record<string, string>, more: Partial<TitleEvidence> = {}): TitleEvidence => ({
  ids,
  title: 'A Title',
  year: 2001,
  numbered: false,
  ...more,
});
const never = (): boolean => false;

function inWords(evidence: TitleEvidence, candidates: readonly Named[], apart: (a: Named, b: Named) => boolean = never): string {
  const verdict = matchTitle(evidence, candidates, apart);
  switch (verdict.outcome) {
    case 'match':
      return [`${verdict.candidate.name} by ${verdict.by}`, ...verdict.contradicting.map((one) => `but ${one}`)].join(' ');
    case 'same':
    case 'conflict':
      return `${verdict.outcome} ${verdict.candidates
        .map((one) => one.name)
        .sort()
        .join('+')}`;
    default:
      return verdict.outcome;
  }
}

const imdb1 = { imdb: 'tt1' };
const tmdb2 = { tmdb: '2' };
const both = { imdb: 'tt1', tmdb: '2' };

describe('which title an item is', () => {
  it.each<[string, TitleEvidence, readonly Named[], string]>([
    ['nothing known, nothing given', title({}), [], 'unidentified'],
    ['title and year alone', title({}), [known('A', imdb1)], 'unidentified'],
    ['ids that nobody has', title(imdb1), [], 'new'],
    ['no ids, but a series and a number', title({}, { numbered: true }), [], 'new'],
    ['one id agrees', title(imdb1), [known('A', both)], 'A by ids'],
    ['an id agrees whatever the title', title(imdb1, { title: 'Another', year: 1950 }), [known('A', both)], 'A by ids'],
    ['ids of other providers say nothing', title(imdb1), [known('A', tmdb2)], 'new'],
    ['two agree, one contradicts', title({ ...both, tvdb: '9' }), [known('A', { ...both, tvdb: '3' })], 'A by ids but tvdb'],
    ['one agrees, one contradicts', title(both), [known('A', { ...imdb1, tmdb: '7' })], 'conflict A'],
    ['one agrees, two contradict', title({ ...both, tvdb: '9' }), [known('A', { ...imdb1, tmdb: '7', tvdb: '3' })], 'new'],
    ['two entries that nothing holds apart', title(both), [known('A', imdb1), known('B', tmdb2)], 'same A+B'],
    [
      'two entries of different years',
      title(both, { title: 'C', year: 1990 }),
      [known('A', imdb1, { year: 1950 }), known('B', tmdb2)],
      'conflict A+B',
    ],
    [
      'two entries, one of them with the title',
      title(both),
      [known('A', imdb1, { year: 1950, title: 'B' }), known('B', tmdb2)],
      'B by ids',
    ],
    ['two entries of which one is contradicted', title(both), [known('A', imdb1), known('B', { ...tmdb2, imdb: 'tt9' })], 'A by ids'],
    [
      'more ids for one of two',
      title({ ...both, tvdb: '3' }),
      [known('A', { ...both, anidb: '1' }), known('B', { tvdb: '3', anidb: '2' })],
      'A by ids',
    ],
    ['a number alone', title({}, { numbered: true }), [known('A', imdb1, { sameNumber: true })], 'A by number'],
    ['a number, and an id that contradicts', title({ imdb: 'tt9' }, { numbered: true }), [known('A', imdb1, { sameNumber: true })], 'new'],
    ['a number, and an id of another provider', title(tmdb2, { numbered: true }), [known('A', imdb1, { sameNumber: true })], 'A by number'],
    [
      'an own id against a number',
      title(imdb1, { numbered: true }),
      [known('A', both), known('B', { tmdb: '7' }, { sameNumber: true })],
      'A by ids',
    ],
    [
      'an own id and a number, which nothing holds apart',
      title(imdb1, { numbered: true }),
      [known('A', imdb1), known('B', tmdb2, { sameNumber: true })],
      'same A+B',
    ],
    [
      'a number that two episodes have',
      title({}, { numbered: true }),
      [known('A', imdb1, { sameNumber: true }), known('B', { imdb: 'tt9' }, { sameNumber: true })],
      'conflict A+B',
    ],
    [
      'a number that this server gives otherwise',
      title({}, { numbered: true }),
      [known('A', imdb1, { sameNumber: true, otherNumberHere: true })],
      'new',
    ],
    [
      'a draw of ids that the number decides',
      title(both, { numbered: true }),
      [known('A', { ...imdb1, tmdb: '7' }, { sameNumber: true })],
      'A by ids but tmdb',
    ],
    ['an id of an episode of another series', title(imdb1, { numbered: true }), [known('A', imdb1, { otherShow: true })], 'conflict A'],
    ['a path alone', title({ path: 'a/b.mkv' }), [known('A', { path: 'a/b.mkv' })], 'A by path'],
    ['another path contradicts nothing', title({ ...imdb1, path: 'x/y.mkv' }), [known('A', { ...imdb1, path: 'a/b.mkv' })], 'A by ids'],
    ['a path against a contradicting id', title({ ...imdb1, path: 'a/b.mkv' }), [known('A', { imdb: 'tt9', path: 'a/b.mkv' })], 'new'],
    ['an item that lost its ids', title({}), [known('A', imdb1, { current: true })], 'A by kept'],
    ['an item that got other ids', title({ imdb: 'tt9' }), [known('A', imdb1, { current: true })], 'new'],
  ])('%s', (_case, evidence, candidates, expected) => {
    expect(inWords(evidence, candidates)).toBe(expected);
    expect(inWords(evidence, candidates.toReversed())).toBe(expected);
  });

  it('keeps two entries two where a person or a server holds them apart', () => {
    const plain = { title: 'C', year: 1 };
    const candidates = [known('A', imdb1, plain), known('B', tmdb2, plain)];
    expect(inWords(title(both), candidates, () => true)).toBe('conflict A+B');
  });
});

const providers = ['imdb', 'tmdb', 'tvdb', 'anidb'] as const;
const ids = fc.dictionary(fc.constantFrom(...providers), fc.constantFrom('1', '2', '3'), { maxKeys: 4 });
const candidate = fc.record({
  ids,
  sameNumber: fc.boolean(),
  otherNumberHere: fc.boolean(),
  otherShow: fc.boolean(),
  current: fc.boolean(),
  year: fc.constantFrom(2001, 1950),
});

describe('whatever the evidence', () => {
  const situations = fc.tuple(ids, fc.array(candidate, { maxLength: 4 }), fc.boolean()).map(([own, others, numbered]) => ({
    evidence: title(own, { numbered }),
    candidates: others.map((other, index) =>
      known(`${index}`, other.ids, other && { ...other, ids: new Map(Object.entries(other.ids).map(([k, v]) => [k, [v]])) }),
    ),
  }));

  it('does not depend on the order of the candidates', () => {
    fc.assert(
      fc.property(situations, fc.infiniteStream(fc.nat()), ({ evidence, candidates }, dice) => {
        const shuffled = candidates.map((one) => [dice.next().value as number, one] as const).sort((a, b) => a[0] - b[0]);
        expect(
          inWords(
            evidence,
            shuffled.map(([, one]) => one),
          ),
        ).toBe(inWords(evidence, candidates));
      }),
    );
  });

  it('never matches where no id, number, path or former place points, and never by more contradiction than agreement', () => {
    fc.assert(
      fc.property(situations, ({ evidence, candidates }) => {
        const verdict = matchTitle(evidence, candidates, never);
        if (verdict.outcome !== 'match') return;
        const { ids: theirs, sameNumber, current } = verdict.candidate;
        const shared = Object.keys(evidence.ids).filter((provider) => theirs.has(provider));
        const agreeing = shared.filter((provider) => theirs.get(provider)?.includes(evidence.ids[provider] ?? ''));
        expect(agreeing.length > 0 || sameNumber || current).toBe(true);
        expect(agreeing.length + (sameNumber ? 1 : 0)).toBeGreaterThan(verdict.by === 'kept' ? -1 : shared.length - agreeing.length);
        if (verdict.by !== 'ids') expect(shared).toHaveLength(agreeing.length);
      }),
    );
  });

  it('joins entries only where no id of one speaks against the other', () => {
    fc.assert(
      fc.property(situations, ({ evidence, candidates }) => {
        const verdict = matchTitle(evidence, candidates, never);
        if (verdict.outcome !== 'same') return;
        for (const provider of providers) {
          const values = new Set(verdict.candidates.flatMap((one) => one.ids.get(provider) ?? []));
          expect(values.size).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
