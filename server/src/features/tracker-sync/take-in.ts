import type { TitleClaims } from '#core/media/index.ts';
import type { MediaId, PersonId } from '#kernel/ids.ts';
import type { Clock } from '#kernel/instant.ts';
import type { TitlePlan } from './facts.ts';
import type { Arrivals, TrackerSyncDeps } from './parts.ts';

const AT_ONCE = 100;

/** Takes in what the plans say, in portions that are written whole. Answers the titles that were touched. */
export async function takeIn(
  { takeIn: write, claims, clock }: Pick<TrackerSyncDeps, 'takeIn' | 'claims'> & Readonly<{ clock: Clock }>,
  person: PersonId,
  plans: readonly TitlePlan[],
  source: string,
): Promise<readonly MediaId[]> {
  const known = plans.flatMap((plan) => (plan.facts.mediaId === undefined ? [] : [{ plan, title: plan.facts.mediaId }]));
  for (let from = 0; from < known.length; from += AT_ONCE) {
    const some = known.slice(from, from + AT_ONCE);
    const episodes = await episodesOf(claims, some);
    const arrivals: Arrivals = {
      watched: some.flatMap(({ plan, title }) =>
        plan.take.watched.flatMap((one) => {
          const mediaId = plan.facts.kind === 'movie' ? title : (one.mediaId ?? episodes.get(one));
          return mediaId === undefined ? [] : [{ mediaId, ...(one.at !== undefined && { at: one.at }) }];
        }),
      ),
      unwatched: some.flatMap(({ plan }) => plan.take.unwatched),
      lists: some.flatMap(({ plan, title }) => (plan.take.list === undefined ? [] : [{ mediaId: title, list: plan.take.list }])),
      ratings: some.flatMap(({ plan, title }) =>
        plan.take.rating === undefined ? [] : [{ mediaId: title, rating: plan.take.rating, at: plan.take.ratedAt ?? clock.now() }],
      ),
    };
    await write(person, arrivals, source);
  }
  return known.map(({ title }) => title);
}

type Taken = TitlePlan['take']['watched'][number];

/** Episodes that nobody here has are made where their show and number are known. */
async function episodesOf(
  claims: TitleClaims,
  some: readonly Readonly<{ plan: TitlePlan; title: MediaId }>[],
): Promise<ReadonlyMap<Taken, MediaId>> {
  const asked = some.flatMap(({ plan, title }) =>
    plan.facts.kind === 'movie'
      ? []
      : plan.take.watched.flatMap((one) => (one.mediaId === undefined && one.slot ? [{ one, claim: { show: title, ...one.slot } }] : [])),
  );
  if (asked.length === 0) return new Map();
  const found = await claims.resolveManyEpisodes(
    asked.map(({ claim }) => claim),
    { create: true },
  );
  return new Map(asked.flatMap(({ one }, index) => (found[index] === undefined ? [] : [[one, found[index]] as const])));
}
