import type { Instant } from '#kernel/instant.ts';

/** A rating, or 1 for what is kept; null where there is none. Servers rate from 0.5 to 10 in halves, we from 1 to 10. */
export type Value = number | null;

export type WordFacts = Readonly<{
  /** Whether their word counts here, and ours is written there. */
  takes: boolean;
  tells: boolean;
  /** What both said when they were last compared. Absent at first sight, and where a switch has changed since. */
  last?: Readonly<{ theirs: Value; ours: Value }>;
  theirs: Readonly<{ value: Value; at?: Instant }>;
  /** `elsewhere`: the title is kept on another list than the one that is meant. */
  ours: Readonly<{ value: Value; at?: Instant; elsewhere?: boolean }>;
}>;

/** `take` changes our own word, `tell` theirs. */
export type WordPlan = Readonly<{ action: 'none' | 'take' | 'tell'; value: Value; reason: string }>;

/** Their halves have no place here. */
export const rounded = (theirs: Value): Value => (theirs === null ? null : Math.max(1, Math.round(theirs)));

const REASONS = {
  same: 'both say the same',
  still: 'they differed before, and neither has changed since',
  firstTheirs: 'a server that is seen for the first time can add',
  firstOurs: 'what is known here is added to a server that is seen for the first time',
  theirsNew: 'it was changed there',
  theirsGone: 'it was taken away there, and nobody has chosen otherwise since',
  oursNew: 'it was changed here',
  oursGone: 'it was taken away here',
  chosenSince: 'it was taken away there, and chosen here since',
  newerThere: 'both changed, and theirs is the newer',
  newerHere: 'both changed, and ours is the newer',
  tie: 'both changed, and nobody knows which is the newer',
  elsewhere: 'it is kept on another list, and nobody knows that this is newer',
  deaf: 'this server is not listened to in this',
  mute: 'this server is not told in this',
} as const;

/**
 * Pure: what has to be done about one title between us and one account. Only a difference from the last comparison is news. The first sight
 * adds and never takes away; what was taken away there is believed only where it was seen before, and never against a newer choice.
 */
export function planWord(facts: WordFacts): WordPlan {
  const { theirs, ours } = facts;
  const { wish, why } = wishOf(facts);
  const none = (reason: Why): WordPlan => ({ action: 'none', value: ours.value, reason: REASONS[reason] });
  if (wish === 'none') return none(why);
  if (wish === 'tell') return facts.tells ? { action: 'tell', value: ours.value, reason: REASONS[why] } : none('mute');
  if (!facts.takes) return none('deaf');
  if (theirs.value !== null && ours.elsewhere === true && !isNewer(theirs.at, ours.at)) return none('elsewhere');
  return { action: 'take', value: rounded(theirs.value), reason: REASONS[why] };
}

type Why = keyof typeof REASONS;
type Wish = Readonly<{ wish: WordPlan['action']; why: Why }>;

/** What would follow where every switch is on. */
function wishOf(facts: WordFacts): Wish {
  const { theirs, ours, last } = facts;
  if (rounded(theirs.value) === ours.value) return { wish: 'none', why: 'same' };
  const theirNews = theirs.value !== (last?.theirs ?? null);
  const ourNews = ours.value !== (last?.ours ?? null);
  if (theirNews && ourNews) return newerOf(facts);
  if (theirNews) return { wish: 'take', why: reasonFor(facts, theirs.value, ['theirsGone', 'theirsNew', 'firstTheirs']) };
  if (ourNews) return { wish: 'tell', why: reasonFor(facts, ours.value, ['oursGone', 'oursNew', 'firstOurs']) };
  return { wish: 'none', why: 'still' };
}

function reasonFor({ last }: WordFacts, value: Value, [gone, changed, first]: readonly [Why, Why, Why]): Why {
  if (value === null) return gone;
  return last ? changed : first;
}

/** Both have changed. A date of taking away is told by nobody. */
function newerOf({ theirs, ours }: WordFacts): Wish {
  if (theirs.value === null) return { wish: 'tell', why: 'chosenSince' };
  if (isNewer(theirs.at, ours.at)) return { wish: 'take', why: 'newerThere' };
  return isNewer(ours.at, theirs.at) ? { wish: 'tell', why: 'newerHere' } : { wish: 'none', why: 'tie' };
}

const isNewer = (one: Instant | undefined, other: Instant | undefined): boolean => one !== undefined && other !== undefined && one > other;
