import { describe, expect, it } from 'vitest';
import { accountId, copyId, mediaId, personId } from '#kernel/ids.ts';
import type { CopyFacts, MergeFacts } from './facts.ts';
import { planMerge } from './plan-merge.ts';

const T0 = Date.UTC(2026, 0, 10, 12);
const HOUR = 3_600_000;
const state = { played: false, positionMs: 0, addedAt: T0 - HOUR };
const copy = (part: Partial<CopyFacts> = {}): CopyFacts => ({
  copyId: copyId(1),
  upstreamId: '1',
  libraryId: 'l',
  title: 'Alien',
  mediaIds: [mediaId(1)],
  now: { ...state, at: T0 + HOUR },
  ...part,
});
const played = { ...state, played: true, playCount: 1, lastPlayedAt: T0 - 5 };
const seen = (part: object) => ({ ...state, copyId: copyId(1), heard: true, at: T0, ...part });
const viewing = (part: object = {}) => ({
  mediaId: mediaId(1),
  watched: true,
  changedAt: T0 - HOUR,
  positionMs: 0,
  createdAt: T0,
  updatedAt: T0,
  ...part,
});
const facts = (part: Partial<MergeFacts>): MergeFacts => ({
  personId: personId(1),
  accountId: accountId(1),
  how: 'import',
  event: 'import',
  switches: { listens: true, neverUnwatch: false },
  unwatchAllowed: false,
  copies: [copy()],
  viewings: new Map(),
  plays: new Map(),
  ...part,
});

describe('merging what an account shows', () => {
  it('a new unwatched title enters the history as such, and nobody has to be told', () => {
    const plan = planMerge(facts({}));
    expect(plan.viewings).toMatchObject([{ mediaId: 1, watched: false }]);
    expect(plan).toMatchObject({ changed: [], plays: [], held: [] });
    expect(plan.observations).toHaveLength(1);
  });

  it('a new watched title brings its play with evidence, and others are told', () => {
    const plan = planMerge(facts({ copies: [copy({ now: { ...played, at: T0 } })] }));
    expect(plan.plays).toMatchObject([{ mediaId: 1, at: T0 - 5, evidence: { accountId: 1, how: 'import' } }]);
    expect(plan.changed).toEqual([1]);
  });

  it('a page that was on its way while another server was found to have lost its mark still tells of a play since the last look', () => {
    const copies = [copy({ last: seen({}), now: { ...played, lastPlayedAt: T0 + 5, at: T0 + HOUR } })];
    const found = (event: string) =>
      planMerge(
        facts({
          copies,
          viewings: new Map([[mediaId(1), viewing({ watched: false, changedAt: T0 + HOUR + 1, unwatchedAt: T0 + HOUR + 1, event })]]),
        }),
      );
    expect(found('task.import').viewings).toMatchObject([{ watched: true }]);
    expect(found('webui.markunplayed').viewings).toEqual([]);
  });

  it('two copies of a title in one page are one title and one play', () => {
    const now = { ...played, at: T0 };
    const plan = planMerge(facts({ copies: [copy({ now }), copy({ copyId: copyId(2), now })] }));
    expect(plan.plays).toHaveLength(1);
    expect(plan.viewings).toHaveLength(1);
  });

  it('a file of two episodes is a play of each', () => {
    const plan = planMerge(facts({ copies: [copy({ mediaIds: [mediaId(1), mediaId(2)], now: { ...played, at: T0 } })] }));
    expect(plan.plays.map((play) => play.mediaId)).toEqual([1, 2]);
  });

  it('an account that is only read adds its titles and none of its marks', () => {
    const plan = planMerge(facts({ switches: { listens: false, neverUnwatch: false }, copies: [copy({ now: { ...played, at: T0 } })] }));
    expect(plan.viewings).toMatchObject([{ watched: false }]);
    expect(plan.plays).toEqual([]);
    expect(plan.observations).toMatchObject([{ played: true, heard: false }]);
  });

  it('an account that was only read before is heard as if for the first time', () => {
    const plan = planMerge(
      facts({
        copies: [copy({ last: { ...seen(played), heard: false }, now: { ...played, at: T0 + HOUR } })],
        viewings: new Map([[mediaId(1), viewing({ watched: false })]]),
      }),
    );
    expect(plan.viewings).toMatchObject([{ watched: true }]);
  });

  it('an un-watch waits for the guard and leaves everything as it is', () => {
    const plan = planMerge(facts({ copies: [copy({ last: seen(played) })], viewings: new Map([[mediaId(1), viewing()]]) }));
    expect(plan.held).toMatchObject([{ mediaIds: [1] }]);
    expect(plan).toMatchObject({ observations: [], viewings: [], changed: [] });
  });

  it('an un-watch that was let pass is carried out', () => {
    const plan = planMerge(
      facts({ unwatchAllowed: true, copies: [copy({ last: seen(played) })], viewings: new Map([[mediaId(1), viewing()]]) }),
    );
    expect(plan.viewings).toMatchObject([{ watched: false }]);
    expect(plan.changed).toEqual([1]);
  });

  it('an unchanged copy writes nothing at all', () => {
    const plan = planMerge(
      facts({ copies: [copy({ last: seen(played), now: { ...played, at: T0 + HOUR } })], viewings: new Map([[mediaId(1), viewing()]]) }),
    );
    expect(plan).toMatchObject({ observations: [], viewings: [], plays: [], evidence: [], changed: [] });
  });

  it('the last full read narrows the window: a play elsewhere before it does not shield from an un-watch after it', () => {
    const last = seen({ ...played, at: T0 - 99 * HOUR });
    const viewings = new Map([[mediaId(1), viewing({ changedAt: T0 - 2 * HOUR })]]);
    const plan = planMerge(facts({ unwatchAllowed: true, lastFullRead: T0 - HOUR, copies: [copy({ last })], viewings }));
    expect(plan.viewings).toMatchObject([{ watched: false }]);
  });

  it('the poll after a webhook attaches nothing and adds nothing', () => {
    const now = { ...played, lastPlayedAt: T0 + 5, at: T0 + HOUR };
    const first = planMerge(
      facts({
        how: 'webhook',
        event: 'media.scrobble',
        copies: [copy({ last: seen(state), now })],
        viewings: new Map([[mediaId(1), viewing({ watched: false })]]),
      }),
    );
    expect(first.plays).toHaveLength(1);
    const [observed] = first.observations;
    const again = planMerge(
      facts({
        copies: [copy({ ...(observed && { last: observed }), now: { ...now, at: T0 + 2 * HOUR } })],
        viewings: new Map([[mediaId(1), viewing()]]),
      }),
    );
    expect(again).toMatchObject({ plays: [], evidence: [], viewings: [] });
  });

  it('the same facts give the same plan', () => {
    const input = facts({ copies: [copy({ now: { ...played, at: T0 } })] });
    expect(planMerge(input)).toEqual(planMerge(input));
  });
});
