import { describe, expect, it } from 'vitest';
import { type Rules, type TitleFacts, WHOLE } from './facts.ts';
import { settleLocally } from './local-steps.ts';
import { planTitle } from './plan-title.ts';
import { ALL, demand, facts, gone, held, link, NOW, S1, S12, standing } from './plan-title-bench.contract.ts';

/** What happens, in short: `adopt 7`, `approve 7`, `ask 1,2 as 5`. */
function told(given: TitleFacts, rules: Rules = ALL): readonly string[] {
  const settled = settleLocally(given, rules);
  const plan = planTitle(settled.facts, rules);
  const local = settled.steps.map((step) => ('demand' in step ? `${step.do} ${step.held} for ${step.demand}` : `${step.do} ${step.held}`));
  const calls = plan.steps.map((step) => {
    if (step.do === 'ask') return `ask ${step.parts.join()}${step.is4k ? ' in 4K' : ''} for ${step.demand}`;
    if (step.do === 'edit') return `edit ${step.held} to ${step.parts.join()}`;
    return step.do === 'learn-users' ? step.do : `${step.do} ${step.held}`;
  });
  return [...local, ...calls, ...plan.waits.map((wait) => `wait ${wait.demand}`)];
}

describe('one title on one subordinate', () => {
  it.each<[string, TitleFacts, readonly string[], Partial<Rules>?]>([
    // Asking and adopting
    ['an approved request that is not there is asked for', facts([demand(1)], []), ['ask -1 for 1']],
    ['one whose sending failed on the primary is approved too', facts([demand(1, { status: 'failed' })], []), ['ask -1 for 1']],
    ['one that is there already is adopted', facts([demand(1)], [held(7, { status: 'approved' })]), ['adopt 7 for 1']],
    ['one that waits there is adopted and approved', facts([demand(1)], [held(7)]), ['adopt 7 for 1', 'approve 7']],
    ['one in 4K is not the one beside it', facts([demand(1, { is4k: true })], [held(7)]), ['ask -1 in 4K for 1']],
    [
      '4K and HD are one where the household says so',
      facts([demand(1, { is4k: true })], [held(7)]),
      ['adopt 7 for 1', 'approve 7'],
      { sync4kSeparately: false },
    ],
    ['both qualities ask for one', facts([demand(1, { is4k: true }), demand(2)], []), ['ask -1 for 1'], { sync4kSeparately: false }],
    ['both qualities are two otherwise', facts([demand(1, { is4k: true }), demand(2)], []), ['ask -1 in 4K for 1', 'ask -1 for 2']],
    ['only the seasons that lack are asked for', facts([demand(1, S12)], [held(7, { ...S1, status: 'approved' })]), ['ask 2 for 1']],
    [
      'several requests of a show are several there',
      facts([demand(1, S1), demand(2, { parts: [2, 3] })], []),
      ['ask 1 for 1', 'ask 2,3 for 2'],
    ],
    ['people who ask for the same seasons ask once', facts([demand(1, S12), demand(2, S12)], []), ['ask 1,2 for 1']],
    [
      'a second one is adopted beside the first',
      facts([demand(1, S12), demand(2, S12)], [held(7, { ...S12, status: 'approved', links: [link(1)] })]),
      ['adopt 7 for 2'],
    ],
    ['others have all that was asked for: nothing', facts([demand(1, S1)], [held(7, { parts: [1, 2, 3] })]), []],
    ['what was declined there by its own people is asked for', facts([demand(1)], [held(7, { status: 'declined' })]), ['ask -1 for 1']],
    ['what was declined there of ours is not asked for twice', facts([demand(1)], [held(7, { status: 'declined', links: [link(1)] })]), []],
    [
      'a movie that was completed and left may be asked for again',
      facts([demand(1)], [held(7, { status: 'completed' })]),
      ['ask -1 for 1'],
    ],
    ['one that is complete and there is adopted', facts([demand(1)], [held(7, { status: 'completed', done: [WHOLE] })]), ['adopt 7 for 1']],
    ['an unknown state there is left alone and not doubled', facts([demand(1)], [held(7, { status: 'other' })]), []],
    [
      'what needs no request is not asked for',
      facts([demand(1, { ...S12, standing: standing(demand(1, S12), 'there', { satisfied: [2] }) })], []),
      ['ask 1 for 1'],
    ],
    [
      'a link to what is gone there is forgotten, and it is asked for anew',
      facts([demand(1)], [held(7, { presence: 'gone', links: [link(1)] })]),
      ['forget 7', 'ask -1 for 1'],
    ],
    [
      'a link to another title is void',
      facts([demand(1)], [held(7, { presence: 'other', links: [link(1)] })]),
      ['forget 7', 'ask -1 for 1'],
    ],
    [
      'completed ones that are gone there are not asked for',
      facts([demand(1, { status: 'completed' })], [held(7, { presence: 'gone', links: [link(1)] })]),
      ['forget 7'],
    ],
    [
      'a re-request after a decline is a new one',
      facts([demand(1, { status: 'declined' }), demand(5)], [held(7, { status: 'declined', links: [link(1, 'declined')] })]),
      ['ask -1 for 5'],
    ],

    // What is not wanted
    ['completed before it was ever here', facts([demand(1, { status: 'completed' })], []), []],
    ['completed, and owed before', facts([demand(1, { status: 'completed', standing: standing(demand(1), 'due') })], []), ['ask -1 for 1']],
    ['declined before it was ever here', facts([demand(1, { status: 'declined' })], []), []],
    ['declined before, and their own is left alone', facts([demand(1, { status: 'declined' })], [held(7)]), []],
    ['hidden by a blocklist of the primary', facts([demand(1, { presence: 'hidden' })], []), []],
    ['missing, and nobody can tell why', facts([demand(1, { presence: 'unknown' })], []), []],
    ['a state that is not known', facts([demand(1, { status: 'other' })], [held(7)]), []],
    ['pending, and those are not replicated', facts([demand(1, { status: 'pending' })], []), [], { syncPending: false }],
    ['approved, and those are not replicated', facts([demand(1)], [held(7, { links: [link(1)] })]), [], { syncApproved: false }],

    // Waiting
    ['pending, and the key is approved at once', facts([demand(1, { status: 'pending' })], []), ['wait 1']],
    ['pending, and it is there as such', facts([demand(1, { status: 'pending' })], [held(7)]), ['adopt 7 for 1']],
    [
      'pending, and it has to be known who asks',
      facts([demand(1, { status: 'pending' })], []),
      ['learn-users'],
      { userMapping: 'email_match' },
    ],

    // Decisions
    ['approved on the primary', facts([demand(1)], [held(7, { links: [link(1)] })]), ['approve 7']],
    ['completed on the primary since', facts([demand(1, { status: 'completed' })], [held(7, { links: [link(1)] })]), ['approve 7']],
    [
      'approved for a part of its seasons only',
      facts([demand(1, S1), demand(2, { parts: [2], status: 'pending' })], [held(7, { ...S12, links: [link(1), link(2)] })]),
      [],
    ],
    [
      'approved for all of its seasons by two',
      facts([demand(1, S1), demand(2, { parts: [2] })], [held(7, { ...S12, links: [link(1), link(2)] })]),
      ['approve 7'],
    ],
    [
      'one of two qualities is approved',
      facts([demand(1, { status: 'pending' }), demand(2, { is4k: true })], [held(7, { links: [link(1)] })]),
      ['adopt 7 for 2', 'approve 7'],
      { sync4kSeparately: false },
    ],
    ['approved there already', facts([demand(1)], [held(7, { status: 'approved', links: [link(1)] })]), []],
    ["others' requests are not approved", facts([demand(1, S1)], [held(7, S12)]), []],
    ['declined on the primary', facts([demand(1, { status: 'declined' })], [held(7, { links: [link(1)] })]), ['decline 7']],
    [
      'declined, and declines are not replicated',
      facts([demand(1, { status: 'declined' })], [held(7, { links: [link(1)] })]),
      [],
      { syncDeclined: false },
    ],
    [
      'declined for one of two who asked',
      facts([demand(1, { status: 'declined' }), demand(2, { status: 'pending' })], [held(7, { links: [link(1), link(2)] })]),
      [],
    ],
    [
      'declined after we approved it',
      facts([demand(1, { status: 'declined' })], [held(7, { status: 'approved', links: [link(1, 'approved')] })]),
      ['decline 7'],
    ],
    [
      'declined after somebody there approved it',
      facts([demand(1, { status: 'declined' })], [held(7, { status: 'approved', links: [link(1)] })]),
      [],
    ],
    [
      'declined, and nobody could tell lately',
      facts([demand(1, { status: 'declined', presence: 'unknown' })], [held(7, { links: [link(1)] })]),
      [],
    ],
    [
      'approved again after we declined it',
      facts([demand(1)], [held(7, { status: 'declined', links: [link(1, 'declined')] })]),
      ['approve 7'],
    ],
    ['completed there: never approved', facts([demand(1)], [held(7, { status: 'completed', done: [WHOLE], links: [link(1)] })]), []],
    [
      'available there: never declined',
      facts([demand(1, { status: 'declined' })], [held(7, { status: 'approved', done: [WHOLE], links: [link(1, 'approved')] })]),
      [],
    ],
    ['not listed there: not decided about', facts([demand(1)], [held(7, { presence: 'hidden', links: [link(1)] })]), []],

    // Seasons
    [
      'seasons changed while it waits',
      facts([demand(1, { parts: [2, 3], status: 'pending' })], [held(7, { ...S12, links: [link(1)] })]),
      ['edit 7 to 2,3'],
    ],
    [
      'seasons added after the approval',
      facts([demand(1, { parts: [1, 2, 3] })], [held(7, { ...S12, status: 'approved', links: [link(1)] })]),
      ['ask 3 for 1'],
    ],
    ['seasons taken back', facts([demand(1, S1)], [held(7, { ...S12, status: 'approved', links: [link(1)] })]), ['edit 7 to 1']],
    [
      'seasons taken back that are there by now',
      facts([demand(1, S1)], [held(7, { ...S12, done: [2], status: 'approved', links: [link(1)] })]),
      [],
    ],
    [
      'seasons taken back, and completed',
      facts([demand(1, S1)], [held(7, { ...S12, done: [1, 2], status: 'completed', links: [link(1)] })]),
      [],
    ],
    [
      'all seasons changed for others after the approval',
      facts([demand(1, { parts: [3] })], [held(7, { ...S12, status: 'approved', links: [link(1)] })]),
      ['ask 3 for 1'],
    ],
    [
      'seasons that another request wants stay',
      facts([demand(1, S1), demand(2, { parts: [2] })], [held(7, { ...S12, status: 'approved', links: [link(1)] })]),
      [],
    ],

    // Deleting
    ['gone from the primary', facts([gone(1)], [held(7, { links: [link(1)] })]), ['remove 7']],
    ['gone, and it was adopted', facts([gone(1)], [held(7, { links: [link(1, undefined, 'adopted')] })]), ['remove 7']],
    [
      'gone, and it is completed there',
      facts([gone(1)], [held(7, { status: 'completed', done: [WHOLE], links: [link(1)] })]),
      ['remove 7'],
    ],
    ['gone, and it is not ours', facts([gone(1)], [held(7)]), []],
    ['gone, and deletions are not replicated', facts([gone(1)], [held(7, { links: [link(1)] })]), [], { syncDeletes: false }],
    ['gone, and the guard has stopped', facts([gone(1, { removal: 'held' })], [held(7, { links: [link(1)] })]), []],
    ['gone, and a person wants it to stay', facts([gone(1, { removal: 'kept' })], [held(7, { links: [link(1)] })]), []],
    ['gone, and nobody could list it there', facts([gone(1)], [held(7, { presence: 'unknown', links: [link(1)] })]), []],
    ['gone, and gone there too', facts([gone(1)], [held(7, { presence: 'gone', links: [link(1)] })]), ['forget 7']],
    ['gone, and its id stands for another title there', facts([gone(1)], [held(7, { presence: 'other', links: [link(1)] })]), ['forget 7']],
    ['only not listed: never deleted', facts([demand(1, { presence: 'unknown' })], [held(7, { links: [link(1)] })]), []],
    ['blocklisted on the primary: never deleted', facts([demand(1, { presence: 'hidden' })], [held(7, { links: [link(1)] })]), []],
    [
      'gone, and somebody else asked for it too',
      facts([gone(1), demand(2)], [held(7, { status: 'approved', links: [link(1), link(2)] })]),
      ['release 7 for 1'],
    ],
    [
      'gone, and handed over to who wants it',
      facts([gone(1), demand(2, S12)], [held(7, { ...S1, status: 'approved', links: [link(1)] })]),
      ['adopt 7 for 2', 'release 7 for 1', 'ask 2 for 2'],
    ],
    [
      'gone, and the declined one beside it keeps nothing',
      facts([demand(1, { status: 'declined' }), gone(2)], [held(7, { links: [link(2)] })]),
      ['remove 7'],
    ],
    [
      'gone, and a part of its seasons is wanted by another',
      facts([gone(1, S12), demand(2, S1)], [held(7, { ...S12, status: 'approved', links: [link(1)] })]),
      ['adopt 7 for 2', 'release 7 for 1', 'edit 7 to 1'],
    ],
    [
      'the same before its deletion is allowed',
      facts([gone(1, { ...S12, removal: 'held' }), demand(2, S1)], [held(7, { ...S12, status: 'approved', links: [link(1)] })]),
      ['adopt 7 for 2'],
    ],
    [
      'gone, and asked for anew',
      facts([gone(1), demand(9)], [held(7, { status: 'approved', links: [link(1)] })]),
      ['adopt 7 for 9', 'release 7 for 1'],
    ],

    // Doubt and failure
    ['a call that may still take effect: nothing', facts([demand(1)], [held(7, { links: [link(1)] })], { doubtUntil: NOW + 1 }), []],
    ['what failed waits for its time', facts([demand(1, { standing: standing(demand(1), 'failed', { nextAt: NOW + 1 }) })], []), []],
    [
      'what failed is tried when its time has come',
      facts([demand(1, { standing: standing(demand(1), 'failed', { nextAt: NOW }) })], []),
      ['ask -1 for 1'],
    ],
    [
      'what failed is tried when it has become another question',
      facts([demand(1, { standing: standing(demand(1, { status: 'pending' }), 'failed', { nextAt: NOW + 1 }) })], []),
      ['ask -1 for 1'],
    ],
    ['what cannot be told is left to a person', facts([demand(1, { standing: standing(demand(1), 'unconfirmed') })], [held(7)]), []],
    [
      'a failure holds up no other request of the title',
      facts([demand(1, { ...S1, standing: standing(demand(1, S1), 'failed', { nextAt: NOW + 1 }) }), demand(2, { parts: [2] })], []),
      ['ask 2 for 2'],
    ],
  ])('%s', (_name, given, expected, rules) => {
    expect(told(given, { ...ALL, ...rules })).toEqual(expected);
  });

  it('a request after the users are known is made as the person', () => {
    const rights = { admin: false, request: () => true, autoApproved: () => false };
    const rules: Rules = { ...ALL, userMapping: 'email_match' };
    const pending = demand(1, { status: 'pending', owner: { id: 2, displayName: 'alice', email: 'a@x' } });
    const known = (fresh: boolean, auto: boolean) => ({
      users: { users: [{ id: 5, displayName: 'Alice', email: 'A@x', rights: { ...rights, autoApproved: () => auto } }], fresh },
    });
    expect(planTitle(facts([pending], [], known(true, false)), rules).steps).toMatchObject([
      { do: 'ask', asker: { as: 5, name: 'Alice' } },
    ]);
    expect(told(facts([pending], [], known(false, false)), rules)).toEqual(['learn-users']);
    expect(told(facts([pending], [], known(true, true)), rules)).toEqual(['wait 1']);
    const waiting = { ...pending, standing: standing(pending, 'waiting', { nextAt: NOW + 5 }) };
    expect(told(facts([waiting], []), rules)).toEqual(['wait 1']);
    expect(told(facts([waiting], [], known(false, true)), rules)).toEqual(['wait 1']);
    expect(told(facts([waiting], [], known(false, false)), rules)).toEqual(['learn-users']);
    expect(told(facts([{ ...waiting, standing: standing(pending, 'waiting', { nextAt: NOW }) }], []), rules)).toEqual(['learn-users']);
  });
});
