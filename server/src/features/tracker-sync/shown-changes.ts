import type { NewPlanChange } from '#core/plans/index.ts';
import type { TrackedSlot } from '#core/upstreams/index.ts';
import type { Json, JsonObject } from '#kernel/json.ts';
import type { TitlePlan } from './facts.ts';
import { isEmptySend, isEmptyTake, lossesHere, lossesThere } from './plan-title.ts';

export type Side = 'here' | 'there';
type Names = Readonly<{ house: string; tracker: string }>;

const episode = ({ season, number }: TrackedSlot): string => `S${String(season).padStart(2, '0')}E${String(number).padStart(2, '0')}`;
const watchedShown = (plan: TitlePlan, slots: readonly (TrackedSlot | undefined)[]): Json =>
  plan.facts.kind === 'movie' ? slots.length > 0 : slots.map((slot) => (slot ? episode(slot) : '?')).sort();
const some = (name: string, value: Json, count: number): JsonObject => (count === 0 ? {} : { [name]: value });

/** By which a title is found again in a later plan: the number there tells what is not known here. */
export const keyOf = ({ facts }: TitlePlan): string => {
  const [side] = facts.there;
  return side === undefined ? `media:${facts.mediaId}` : `number:${side.number}`;
};

/** What a person is shown of a side, and what has to be the same for it to be the change that was approved. Undefined where nothing changes. */
export function shownOf(plan: TitlePlan, side: Side): JsonObject | undefined {
  const { take, send, facts } = plan;
  if (side === 'here') {
    if (isEmptyTake(take)) return undefined;
    const gone = facts.agreed.filter((one) => take.unwatched.includes(one.mediaId)).map(({ own }) => own);
    return {
      ...some(
        'watched',
        watchedShown(
          plan,
          take.watched.map(({ slot }) => slot),
        ),
        take.watched.length,
      ),
      ...some('unwatched', watchedShown(plan, gone), gone.length),
      ...(take.list !== undefined && { list: take.list }),
      ...(take.rating !== undefined && { rating: take.rating }),
    };
  }
  if (isEmptySend(send)) return undefined;
  return {
    ...some(
      'watched',
      watchedShown(
        plan,
        send.watched.map(({ slot }) => slot),
      ),
      send.watched.length,
    ),
    ...some(
      'unwatched',
      watchedShown(
        plan,
        send.unwatched.map(({ own }) => own),
      ),
      send.unwatched.length,
    ),
    ...(send.remove.length > 0 && { removed: true }),
    ...(send.list !== undefined && { list: send.list }),
    ...(send.rating !== undefined && { rating: send.rating }),
  };
}

/** The changes of a plan as they are stored for people. `only` leaves out what loses nothing. */
export function changesOf(plans: readonly TitlePlan[], names: Names, only: 'all' | 'losses'): readonly NewPlanChange[] {
  return plans.flatMap((plan) => (['here', 'there'] as const).flatMap((side) => changeOf(plan, side, names, only) ?? []));
}

function changeOf(plan: TitlePlan, side: Side, names: Names, only: 'all' | 'losses'): NewPlanChange | undefined {
  const after = shownOf(plan, side);
  const losses = side === 'here' ? lossesHere(plan.take) : lossesThere(plan.send, plan.facts);
  if (after === undefined || (only === 'losses' && losses === 0)) return undefined;
  const [source, rule] =
    side === 'here' ? [names.tracker, `What is at ${names.tracker} comes here.`] : [names.house, `What is here goes to ${names.tracker}.`];
  return {
    kind: side === 'here' ? 'tracker-take' : 'tracker-send',
    subject: { title: titleShown(plan), key: keyOf(plan), media: [...mediaLost(plan, side)] },
    before: null,
    after,
    reason: { rule, facts: [...new Set(plan.reasons)].map((text) => ({ text, source })) },
    askedBy: { kind: 'job', id: 'trackers', name: 'Tracker sync' },
  };
}

const titleShown = ({ facts }: TitlePlan): string => (facts.year === undefined ? facts.title : `${facts.title} (${facts.year})`);

const mediaLost = ({ take, send, facts }: TitlePlan, side: Side): readonly number[] =>
  side === 'here'
    ? take.unwatched
    : send.remove.length > 0
      ? facts.agreed.map(({ mediaId }) => mediaId)
      : send.unwatched.map(({ mediaId }) => mediaId);
