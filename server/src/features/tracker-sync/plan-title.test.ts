import { describe, expect, it } from 'vitest';
import type { TrackedEpisode } from '#core/upstreams/index.ts';
import { type MediaId, mediaId } from '#kernel/ids.ts';
import { type Agreed, MOVIE_SLOT, type RemoteSide, type SeenTitle, type Switches, type SyncFacts, slotKey } from './facts.ts';
import { guardRemovals } from './guard-removals.ts';
import { planTitle } from './plan-title.ts';

const ON: Switches = { takes: true, sends: true, lists: true, ratings: true };
const MOVIE = mediaId(500);
const NUMBER = 7;
const seenMovie = (more: Partial<SeenTitle> = {}): SeenTitle => ({
  ids: {},
  watched: true,
  episodes: [],
  complete: true,
  numbering: 'aired',
  ...more,
});
const side = (seen: SeenTitle | undefined, more: Partial<RemoteSide> = {}): RemoteSide => ({
  number: NUMBER,
  ...(seen && { seen }),
  list: {},
  rating: {},
  ...more,
});
const movie = (more: Partial<SyncFacts> & { watchedHere?: boolean; at?: number } = {}): SyncFacts => {
  const { watchedHere = false, at, ...facts } = more;
  return {
    mediaId: MOVIE,
    kind: 'movie',
    title: 'Heat',
    ids: {},
    here: { watched: watchedHere ? [{ mediaId: MOVIE, ...(at !== undefined && { at }) }] : [], hidden: new Set() },
    there: [],
    agreed: [],
    meant: new Map([[slotKey(NUMBER, MOVIE_SLOT), MOVIE]]),
    open: new Set(),
    ...facts,
  };
};
const agreed = (more: Partial<Agreed> = {}): Agreed => ({ mediaId: MOVIE, number: NUMBER, own: MOVIE_SLOT, ...more });

type Outcome = 'send' | 'take' | 'un-watch here' | 'remove there' | 'agree' | 'forget' | 'nothing';
function outcomeOf(facts: SyncFacts, switches = ON): Outcome {
  const { take, send, accord } = planTitle(facts, switches);
  if (send.watched.length > 0) return 'send';
  if (take.watched.length > 0) return 'take';
  if (take.unwatched.length > 0) return 'un-watch here';
  if (send.remove.length > 0 || send.unwatched.length > 0) return 'remove there';
  if (accord.watched.length > 0) return 'agree';
  return accord.forgotten.length > 0 ? 'forget' : 'nothing';
}

describe('a movie', () => {
  const here = { watchedHere: true };
  const there = { there: [side(seenMovie())] };
  const both = { agreed: [agreed()] };
  it.each<[string, Parameters<typeof movie>[0], Outcome]>([
    ['that nobody watched', {}, 'nothing'],
    ['that was watched here, and is not there', here, 'send'],
    ['that was watched here, and is planned there', { ...here, there: [side(seenMovie({ watched: false, list: 'plantowatch' }))] }, 'send'],
    ['that was watched there, and not here', there, 'take'],
    ['that both have', { ...here, ...there }, 'agree'],
    ['that both still have', { ...here, ...there, ...both }, 'nothing'],
    ['that both had, and is gone there', { ...here, ...both, there: [side(undefined)] }, 'un-watch here'],
    ['that both had, and is un-watched here', { ...there, ...both }, 'remove there'],
    ['that both had, and neither has now', { ...both, there: [side(undefined)] }, 'forget'],
    [
      'that is gone there, and was watched here again since',
      { ...here, at: 9, agreed: [agreed({ hereAt: 5 })], there: [side(undefined)] },
      'send',
    ],
    [
      'that is gone there, and whose day here is the same',
      { ...here, at: 5, agreed: [agreed({ hereAt: 5 })], there: [side(undefined)] },
      'un-watch here',
    ],
    [
      'that was un-watched here, and watched there again since',
      { agreed: [agreed({ thereAt: 5 })], there: [side(seenMovie({ watchedAt: 9 }))] },
      'take',
    ],
    ['that was sent, and has not been seen there', { ...here, open: new Set<MediaId>([MOVIE]) }, 'nothing'],
    ['that was taken out of the history here', { ...there, here: { watched: [], hidden: new Set([MOVIE]) } }, 'nothing'],
  ])('%s: %s', (_name, facts, outcome) => {
    expect(outcomeOf(movie(facts))).toBe(outcome);
  });

  it.each<[string, Partial<Switches>, Parameters<typeof movie>[0]]>([
    ['is not taken', { takes: false }, there],
    ['is not un-watched', { takes: false }, { ...here, ...both, there: [side(undefined)] }],
    ['is not sent', { sends: false }, here],
    ['is not removed there', { sends: false }, { ...there, ...both }],
  ])('%s where that is switched off', (_name, off, facts) => {
    expect(outcomeOf(movie(facts), { ...ON, ...off })).toBe('nothing');
  });

  it('that is un-watched leaves there and comes back on the list and with the rating that it has', () => {
    const facts = movie({
      ...both,
      there: [side(seenMovie({ list: 'completed', rating: 8 }), { list: { here: 'completed', there: 'completed' } })],
    });
    const plan = planTitle({ ...facts, here: { ...facts.here, list: { list: 'plantowatch', changedAt: 1 } } }, ON);
    expect(plan.send).toMatchObject({ remove: [NUMBER], list: 'plantowatch', rating: 8 });
  });
});

const SHOW = mediaId(900);
const EPISODES = [101, 102, 103].map(mediaId);
const episode = (number: number, more: Partial<TrackedEpisode> = {}): TrackedEpisode => ({ season: 1, number, ...more });
const show = (
  watched: readonly number[],
  seen: SeenTitle | undefined,
  both: readonly number[],
  more: Partial<SyncFacts> = {},
): SyncFacts => ({
  ...movie(),
  mediaId: SHOW,
  kind: 'show',
  here: {
    watched: watched.map((number) => ({ mediaId: EPISODES[number - 1] as MediaId, slot: { season: 1, number } })),
    hidden: new Set(),
  },
  there: [side(seen)],
  agreed: both.map((number) => agreed({ mediaId: EPISODES[number - 1] as MediaId, own: { season: 1, number } })),
  meant: new Map(EPISODES.map((media, at) => [slotKey(NUMBER, { season: 1, number: at + 1 }), media])),
  ...more,
});
const seenShow = (watched: readonly number[], more: Partial<SeenTitle> = {}) =>
  seenMovie({ watched: false, episodes: watched.map((number) => episode(number)), ...more });

describe('a show', () => {
  it('is held against the other side episode by episode', () => {
    const { take, send, accord } = planTitle(show([1, 2], seenShow([1, 3]), []), ON);
    expect(send.watched.map(({ slot }) => slot?.number)).toEqual([2]);
    expect(take.watched.map(({ slot }) => slot?.number)).toEqual([3]);
    expect(accord.watched.map(({ own }) => own.number)).toEqual([1]);
  });

  it('of which not everything was listed loses nothing', () => {
    expect(planTitle(show([1, 2], seenShow([1], { complete: false }), [1, 2]), ON).take.unwatched).toEqual([]);
    expect(planTitle(show([1, 2], seenShow([1]), [1, 2]), ON).take.unwatched).toEqual([EPISODES[1]]);
  });

  it('keeps its place there while anything of it is watched or wanted here', () => {
    expect(planTitle(show([1], seenShow([1, 2]), [1, 2]), ON).send).toMatchObject({ remove: [], unwatched: [{ own: { number: 2 } }] });
    expect(planTitle(show([], seenShow([1, 2]), [1, 2]), ON).send).toMatchObject({ remove: [], unwatched: [{}, {}] });
  });

  it('that servers number otherwise since is what it was agreed to be', () => {
    const facts = show([1], seenShow([1]), [1], { meant: new Map([[slotKey(NUMBER, { season: 1, number: 1 }), EPISODES[2] as MediaId]]) });
    expect(outcomeOf(facts)).toBe('nothing');
  });

  it('whose seasons are titles of their own there takes the places that are told, and guesses none', () => {
    const seen = seenShow([], {
      ids: { tvdb: '1', mal: '2' },
      numbering: 'own',
      episodes: [episode(1, { aired: { season: 4, number: 13 } }), episode(2)],
      rating: 9,
      list: 'completed',
    });
    const { take, reasons } = planTitle(show([], seen, [], { meant: new Map() }), ON);
    expect(take).toEqual({
      watched: [expect.objectContaining({ own: { season: 1, number: 1 }, slot: { season: 4, number: 13 } })],
      unwatched: [],
    });
    expect(reasons).toContain('nobody tells which episode here it is, and it is not guessed');
  });

  it('that is known to have one season alone is listed and rated as that season is, else not', () => {
    const seen = seenShow([], { ids: { tvdb: '1', mal: '2' }, numbering: 'own', rating: 9, list: 'hold' });
    const facts = show([], seen, []);
    const [there] = facts.there;
    if (there === undefined) throw new Error('it is there');
    expect(planTitle(facts, ON).take).toEqual({ watched: [], unwatched: [] });
    expect(planTitle({ ...facts, there: [{ ...there, alone: true }] }, ON).take).toMatchObject({ list: 'hold', rating: 9 });
    const other = { ...there, number: NUMBER + 1 };
    expect(planTitle({ ...facts, there: [{ ...there, alone: true }, other] }, ON).take).toEqual({ watched: [], unwatched: [] });
  });

  it('that only anime know by their own ids counts as it does there', () => {
    const seen = seenShow([2], { ids: { mal: '2' }, numbering: 'own' });
    expect(planTitle(show([], seen, []), ON).take.watched).toMatchObject([{ slot: { season: 1, number: 2 } }]);
  });
});

type Shelf = Readonly<{ here?: string; there?: string; base?: Readonly<{ here?: string; there?: string }> }>;
describe('a list', () => {
  const planned = ({ here, there, base = {} }: Shelf) => {
    const facts = show([], seenShow([], there ? { list: there as 'hold' } : {}), []);
    const own = here ? { list: { list: here as 'hold', changedAt: 5 } } : {};
    const plan = planTitle(
      { ...facts, here: { ...facts.here, ...own }, there: [{ ...(facts.there[0] as RemoteSide), list: base as object }] },
      ON,
    );
    return [plan.take.list, plan.send.list, plan.accord.lists[0] && { here: plan.accord.lists[0].here, there: plan.accord.lists[0].there }];
  };
  it.each<[string, Shelf, unknown[]]>([
    ['that only here has is sent', { here: 'hold' }, [undefined, 'hold', undefined]],
    ['that only there has is taken', { there: 'hold' }, ['hold', undefined, undefined]],
    ['that both have is noted', { here: 'hold', there: 'hold' }, [undefined, undefined, { here: 'hold', there: 'hold' }]],
    [
      'that differs at first sight stays on both sides',
      { here: 'hold', there: 'dropped' },
      [undefined, undefined, { here: 'hold', there: 'dropped' }],
    ],
    [
      'that moved here is sent',
      { here: 'dropped', there: 'hold', base: { here: 'hold', there: 'hold' } },
      [undefined, 'dropped', undefined],
    ],
    [
      'that moved there is taken',
      { here: 'hold', there: 'dropped', base: { here: 'hold', there: 'hold' } },
      ['dropped', undefined, undefined],
    ],
    [
      'that moved on both sides is as it is here',
      { here: 'watching', there: 'dropped', base: { here: 'hold', there: 'hold' } },
      [undefined, 'watching', undefined],
    ],
    [
      'that the tracker put otherwise does not go to and fro',
      { here: 'hold', there: 'watching', base: { here: 'hold', there: 'watching' } },
      [undefined, undefined, undefined],
    ],
    [
      'that says completed is never sent: watching it to the end is',
      { here: 'completed', there: 'watching', base: { here: 'watching', there: 'watching' } },
      [undefined, undefined, { here: 'completed', there: 'watching' }],
    ],
    [
      'that it left here stays there',
      { there: 'hold', base: { here: 'hold', there: 'hold' } },
      [undefined, undefined, { here: undefined, there: 'hold' }],
    ],
  ])('%s', (_name, shelf, expected) => {
    expect(planned(shelf)).toEqual(expected);
  });
});

describe('a rating', () => {
  const planned = (
    here: [number, number] | undefined,
    there: [number, number] | undefined,
    base: Readonly<{ here?: number; there?: number }>,
    seen = true,
  ) => {
    const facts = movie({
      there: seen ? [side(seenMovie({ watched: false, ...(there && { rating: there[0], ratedAt: there[1] }) }), { rating: base })] : [],
    });
    const plan = planTitle({ ...facts, here: { ...facts.here, ...(here && { rating: { rating: here[0], ratedAt: here[1] } }) } }, ON);
    return [plan.take.rating, plan.send.rating];
  };
  it.each<[string, Parameters<typeof planned>, unknown[]]>([
    ['that only here has is sent', [[8, 1], undefined, {}], [undefined, 8]],
    ['of what is on no list there waits', [[8, 1], undefined, {}, false], [undefined, undefined]],
    ['that only there has is taken', [undefined, [8, 1], {}], [8, undefined]],
    ['that was taken back here is taken back there', [undefined, [8, 1], { here: 8, there: 8 }], [undefined, null]],
    ['that was taken back there is taken back here', [[8, 1], undefined, { here: 8, there: 8 }], [null, undefined]],
    ['that changed on both sides is the later one', [[7, 5], [9, 6], { here: 8, there: 8 }], [9, undefined]],
    ['that changed on both sides is the later one, here', [[7, 6], [9, 5], { here: 8, there: 8 }], [undefined, 7]],
  ])('%s', (_name, args, expected) => {
    expect(planned(...args)).toEqual(expected);
  });
});

describe('what a run may take away by itself', () => {
  it.each([
    [0, 0, true],
    [4, 4, true],
    [5, 100, true],
    [5, 99, false],
    [25, 10_000, true],
    [26, 10_000, false],
  ])('%i of %i: %s', (losses, of, pass) => {
    expect(guardRemovals('here', losses, of).pass).toBe(pass);
  });
});
