import type { DeskId, RequestId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Rules, Standing, TitleFacts } from './facts.ts';
import { changedLinks, type LinkChanges, linksIn } from './kept-links.ts';
import { settleLocally } from './local-steps.ts';
import { planTitle } from './plan-title.ts';
import type { ReplicationStore, ReplicationStores, StoredLink } from './replication.store.ts';
import { standingsOf } from './standings.ts';
import type { LocalStep, TitlePlan } from './steps.ts';

type StandingChange = readonly [RequestId, Standing | undefined, Instant];
type Changes = LinkChanges & Readonly<{ standings: readonly StandingChange[] }>;

const plain = (standing: Standing | undefined): string | undefined =>
  standing && JSON.stringify([standing.state, standing.reason, standing.basis, standing.nextAt, standing.satisfied, standing.failure]);

function changesOf(
  deskId: DeskId,
  before: Readonly<{ links: readonly StoredLink[]; standings: ReadonlyMap<RequestId, Standing | undefined> }>,
  facts: TitleFacts,
  plan: TitlePlan,
  rules: Rules,
): Changes & Readonly<{ links: readonly StoredLink[]; now: ReadonlyMap<RequestId, Standing | undefined> }> {
  const links = linksIn(facts, deskId);
  const now = standingsOf(facts, rules, plan);
  const standings: StandingChange[] = [];
  for (const [id, standing] of now) if (plain(before.standings.get(id)) !== plain(standing)) standings.push([id, standing, facts.now]);
  return { ...changedLinks(before.links, links), standings, links, now };
}

async function write(store: ReplicationStore, deskId: DeskId, { write: links, drop, standings }: Changes): Promise<void> {
  for (const link of drop) await store.unlink(deskId, link.upstreamId, link.requestId);
  await store.writeLinks(links);
  await store.writeStandings(deskId, standings);
}

const isNothing = ({ write: links, drop, standings }: Changes): boolean => links.length + drop.length + standings.length === 0;

/** Keeps what a title has become, as often as it is told and only where something differs from the last time. */
export function createTitleKeeper(
  stores: ReplicationStores,
  { desk, config }: Readonly<{ desk: Readonly<{ id: DeskId }>; config: Readonly<{ rules: Rules }> }>,
  given: TitleFacts,
) {
  let links: readonly StoredLink[] = linksIn(given, desk.id);
  let standings: ReadonlyMap<RequestId, Standing | undefined> = new Map(given.demands.map((demand) => [demand.id, demand.standing]));
  return {
    async keep(facts: TitleFacts, plan: TitlePlan): Promise<void> {
      const changes = changesOf(desk.id, { links, standings }, facts, plan, config.rules);
      if (!isNothing(changes)) await stores.keep((store) => write(store, desk.id, changes));
      links = changes.links;
      standings = changes.now;
    },
  };
}

export type PlannedTitle = Readonly<{ facts: TitleFacts; plan: TitlePlan; local: readonly LocalStep[] }>;

/** Does the bookkeeping of one title, on the facts alone. Pure. */
export function planned(facts: TitleFacts, rules: Rules): PlannedTitle {
  const { facts: settled, steps } = settleLocally(facts, rules);
  return { facts: settled, plan: planTitle(settled, rules), local: steps };
}

/**
 * Keeps the bookkeeping of many titles at once, and answers them with it done. `stored` are the links as they lie in the database, by title.
 */
export async function keepAll(
  stores: ReplicationStores,
  deskId: DeskId,
  rules: Rules,
  titles: readonly Readonly<{ before: TitleFacts; after: PlannedTitle }>[],
): Promise<readonly PlannedTitle[]> {
  const all = titles.map(({ before, after }) => {
    const stored = before.held.flatMap((held) => held.links.filter((link): link is StoredLink => 'linkedAt' in link));
    const former = new Map(before.demands.map((demand) => [demand.id, demand.standing]));
    const changes = changesOf(deskId, { links: stored, standings: former }, after.facts, after.plan, rules);
    return { after, changes };
  });
  const together: Changes = {
    write: all.flatMap(({ changes }) => changes.write),
    drop: all.flatMap(({ changes }) => changes.drop),
    standings: all.flatMap(({ changes }) => changes.standings),
  };
  if (!isNothing(together)) await stores.transaction((store) => write(store, deskId, together));
  return all.map(({ after, changes }) => ({ ...after, facts: withKept(after.facts, changes.links, changes.now) }));
}

/** The facts as they lie in the database now. */
function withKept(facts: TitleFacts, links: readonly StoredLink[], standings: ReadonlyMap<RequestId, Standing | undefined>): TitleFacts {
  return {
    ...facts,
    demands: facts.demands.map(({ standing: _former, ...demand }) => {
      const standing = standings.get(demand.id);
      return { ...demand, ...(standing && { standing }) };
    }),
    held: facts.held.map((held) =>
      held.links.length === 0 ? held : { ...held, links: links.filter((link) => link.upstreamId === held.id) },
    ),
  };
}
