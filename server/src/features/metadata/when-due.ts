import type { SourceFacts, SourceKind } from '#core/upstreams/index.ts';
import { type Duration, days, hours, type Instant } from '#kernel/instant.ts';

/** Nothing that a source told is kept longer than half a year without asking again. */
const SETTLED = days(90);
const SOON = days(30);
const UNKNOWN_TO_THE_SOURCE = days(30);
const NOTHING_TO_ASK_BY = days(1);
const FIRST_RETRY = hours(1);
const LONGEST_RETRY = days(7);

export type Told = Readonly<{ kind: SourceKind; facts: SourceFacts }>;

/** When to ask again of what is known now: what has ended rarely changes, what is on the air may change any day. */
export function lastsFor({ kind, facts }: Told, now: Instant): Duration {
  const released = facts.releasedOn === undefined ? undefined : Date.parse(`${facts.releasedOn}T00:00:00Z`);
  if (kind === 'show' && facts.status === 'ended') return SETTLED;
  if (kind === 'show' && facts.status === 'airing') return days(1);
  if (released === undefined) return facts.status === 'released' ? SETTLED : days(7);
  if (released > now) return released - now <= SOON ? days(1) : days(7);
  // A show that was only planned, and whose day has come.
  if (kind === 'show') return days(1);
  return now - released > days(180) ? SETTLED : days(7);
}

/** The same span for all would make all of them due on one day again, so each title has its own, a tenth shorter or longer at most. */
export const spread = (span: Duration, media: number): Duration => Math.round(span * (0.9 + (media % 21) / 100));

export const untilAskedAgain = (why: 'unknown' | 'doubtful' | 'no-ids'): Duration =>
  why === 'no-ids' ? NOTHING_TO_ASK_BY : UNKNOWN_TO_THE_SOURCE;

/** After the failures so far, from 1. */
export const untilRetry = (failures: number): Duration => Math.min(FIRST_RETRY * 4 ** (failures - 1), LONGEST_RETRY);
