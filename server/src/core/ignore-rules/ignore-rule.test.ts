import { describe, expect, it } from 'vitest';
import { NO_OWN_IDS } from '#core/media/index.ts';
import type { UpstreamItem } from '#core/upstreams/index.ts';
import { isAppError } from '#kernel/app-error.ts';
import { applyIgnoreRules } from './apply-ignore-rules.ts';
import { formatRule, parseRule as parse, ruleOf } from './ignore-rule.ts';

const parseRule = (text: string) => parse(text, NO_OWN_IDS);

describe('a rule', () => {
  it.each([
    ['movie://tmdb:123@plex_main', 'movie://tmdb:123@plex_main'],
    [' Movie://GUID_TMDB:00123@Plex_Main:32400/some/path?x=1&id=4711#part', 'movie://tmdb:123@plex_main?id=4711'],
    ['episode://imdb:TT12@a?id=', 'episode://imdb:tt12@a'],
    ['show://youtube:a%40b%20c@a?id=x%2Fy', 'show://youtube:a%40b%20c@a?id=x%2Fy'],
    ['show://cmdb:%zz@a', 'show://cmdb:%25zz@a'],
  ])('%s has one form', (given, expected) => {
    const rule = parseRule(given);
    expect(formatRule(rule)).toBe(expected);
    expect(parseRule(expected)).toEqual(rule);
  });

  it.each([
    ['', 'rule'],
    ['movie', 'rule'],
    ['movie://tmdb@plex', 'rule'],
    ['movie://tmdb:1', 'rule'],
    ['movie://tmdb:1@', 'rule'],
    ['movie://tmdb:1@a b', 'rule'],
    ['song://tmdb:1@plex', 'type'],
    ['movie://nodb:1@plex', 'provider'],
    ['movie://tmdb:abc@plex', 'value'],
    ['movie://imdb:12@plex', 'value'],
    ['movie://cmdb:%00@plex', 'value'],
    ['movie://cmdb:\ud800@plex', 'value'],
    ['movie://tmdb:1@plex?id=%00', 'upstreamId'],
  ])('%j is refused for its %s', (given, field) => {
    try {
      parseRule(given);
      expect.fail('it was taken');
    } catch (error) {
      expect(isAppError(error, 'invalid') && error.faults[0]?.field).toBe(field);
    }
  });

  it('comes in parts as well', () => {
    expect(ruleOf({ type: 'Movie', provider: 'guid_imdb', value: 'tt5', account: 'Plex', upstreamId: ' 9 ' }, NO_OWN_IDS)).toEqual(
      parseRule('movie://imdb:tt5@plex?id=9'),
    );
  });
});

describe('items under rules', () => {
  const item: UpstreamItem = {
    upstreamId: '9',
    libraryId: 'l',
    kind: 'episode',
    title: 'Pilot',
    ids: { tvdb: '5', imdb: 'TT5' },
    show: { upstreamId: '7', title: 'Show', ids: { tvdb: '5' } },
    season: 1,
    episodes: [1],
    files: [],
    genres: [],
    state: { played: true, positionMs: 0 },
  };
  const left = (...rules: string[]) => applyIgnoreRules([item], rules.map(parseRule)).map((one) => [one.ids, one.show?.ids]);

  it.each<[string, string[], object, object]>([
    ['lose the id', ['episode://tvdb:5@a'], { imdb: 'TT5' }, { tvdb: '5' }],
    ['lose an id however it is spelled', ['episode://imdb:tt5@a'], { tvdb: '5' }, { tvdb: '5' }],
    ['keep the id of another type', ['movie://tvdb:5@a'], item.ids, { tvdb: '5' }],
    ['keep another value', ['episode://tvdb:55@a'], item.ids, { tvdb: '5' }],
    ['lose the id of the series alone', ['show://tvdb:5@a'], item.ids, {}],
    ['lose it where the rule is for this item', ['episode://tvdb:5@a?id=9', 'show://tvdb:5@a?id=7'], { imdb: 'TT5' }, {}],
    ['keep it where the rule is for another', ['episode://tvdb:5@a?id=7', 'show://tvdb:5@a?id=9'], item.ids, { tvdb: '5' }],
  ])('%s', (_, rules, ids, show) => {
    expect(left(...rules)).toEqual([[ids, show]]);
  });

  it('are the same items where no rule concerns them', () => {
    const items = [item];
    expect(applyIgnoreRules(items, [])).toBe(items);
    expect(applyIgnoreRules(items, [parseRule('movie://tmdb:1@a')])[0]).toBe(item);
  });
});
