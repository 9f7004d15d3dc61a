import type { ToldTitle } from '#core/upstreams/index.ts';
import type { KnownPlay, NewEvidence, NewPlay, StoredObservation, StoredViewing } from '#core/viewing/index.ts';
import type { AccountId, CopyId, MediaId, PersonId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { ArrivalStores } from './moving-in.store.ts';
import { type PageInput, type PlacedPage, placeRecords, type Standing } from './place-records.ts';
import { type Arrival, type ArrivalFacts, planArrival } from './plan-arrival.ts';

export type RecordOutcome = Readonly<{ is: 'new' | 'changed' | 'there' }> | Readonly<{ is: 'refused'; reason: string }>;

export type PageOutcome = Pick<PlacedPage, 'items' | 'left'> & Readonly<{ records: readonly RecordOutcome[] }>;

const IN_BIN = 'it was taken out of the history here, and stays out until it is put back';

/**
 * Takes one page of told records: items become copies where they are not known yet, records find their titles by these, or by ids and
 * numbers, and the person's standing takes up what it lacks. What a server itself has said here is never overwritten.
 */
export async function takePage(stores: ArrivalStores, input: PageInput): Promise<PageOutcome> {
  const { viewing } = stores;
  const { person, now } = input;
  const page = await placeRecords(stores.media, input);
  await viewing.lock(person);
  const all = page.records.flatMap(({ standings }) => standings.map((one) => one.mediaId));
  const history = {
    hidden: await stores.taken.takenOf(person, all),
    viewings: new Map(await viewing.viewings(person, all)),
    plays: new Map(await viewing.plays(person, all)),
  };
  const draft = createDraft(history, input.accounts, now);
  const records = page.records.map(
    ({ standings, reason }): RecordOutcome => (standings.length > 0 ? draft.take(standings) : { is: 'refused', reason: reason ?? '' }),
  );
  await saveObservations(stores, input, page);
  await draft.write(stores, person);
  return { records, items: page.items, left: page.left };
}

type History = Readonly<{
  hidden: ReadonlySet<MediaId>;
  viewings: Map<MediaId, StoredViewing>;
  plays: Map<MediaId, readonly KnownPlay[]>;
}>;

/** What a page changes in the history. A later record of a title sees what an earlier one taught. */
function createDraft({ hidden, viewings, plays }: History, accounts: PageInput['accounts'], now: Instant) {
  const changed = new Map<MediaId, StoredViewing>();
  const fresh: { play: NewPlay; more: NewEvidence[] }[] = [];
  const evidence: (NewEvidence & Readonly<{ playId: number }>)[] = [];
  const idOf = (name: string | undefined): AccountId | undefined => (name === undefined ? undefined : accounts.get(name)?.id);

  function factsOf({ title, mediaId, shownBy }: Standing): ArrivalFacts {
    const known = viewings.get(mediaId);
    const via = idOf(title.via);
    return {
      mediaId,
      told: title,
      ...(title.position && { position: positionOf(title.position) }),
      ...(via !== undefined && { viaAccountId: via }),
      shownBy,
      ...(known && { known }),
      plays: plays.get(mediaId) ?? [],
      now,
    };
  }

  function keepPlay(mediaId: MediaId, held: readonly KnownPlay[], { play, same, evidence: pieces }: Arrival): void {
    const told = pieces.map((piece) => ({ ...piece, told: true }));
    const [first, ...more] = pieces;
    if (play && first) {
      fresh.push({ play: { mediaId, ...play, evidence: first }, more });
      plays.set(mediaId, [...held, { id: -fresh.length, ...play, evidence: told }]);
      return;
    }
    if (same === undefined || told.length === 0) return;
    if (same > 0) evidence.push(...pieces.map((piece) => ({ ...piece, playId: same })));
    else fresh[-same - 1]?.more.push(...pieces);
    plays.set(
      mediaId,
      held.map((one) => (one.id === same ? { ...one, evidence: [...one.evidence, ...told] } : one)),
    );
  }

  function arrive(standing: Standing): RecordOutcome {
    const { mediaId } = standing;
    const facts = factsOf(standing);
    const arrival = planArrival(facts);
    if (arrival.viewing) {
      viewings.set(mediaId, arrival.viewing);
      changed.set(mediaId, arrival.viewing);
    }
    keepPlay(mediaId, facts.plays, arrival);
    return { is: arrival.is };
  }

  const positionOf = ({ account, ...position }: NonNullable<ToldTitle['position']>): NonNullable<ArrivalFacts['position']> => {
    const accountId = idOf(account);
    return { ...position, ...(accountId !== undefined && { accountId }) };
  };

  return {
    /** The first is the record's own title, and speaks for it. */
    take(standings: readonly Standing[]): RecordOutcome {
      const [own, ...others] = standings.filter((one) => !hidden.has(one.mediaId));
      if (own === undefined || own !== standings[0]) return { is: 'refused', reason: IN_BIN };
      const outcome = arrive(own);
      for (const other of others) arrive(other);
      return outcome;
    },

    async write({ viewing, announce }: ArrivalStores, person: PersonId): Promise<void> {
      await viewing.saveViewings(person, [...changed.values()]);
      const ids = await viewing.addPlays(
        person,
        fresh.map(({ play }) => play),
        now,
      );
      const more = fresh.flatMap((one, index) => one.more.map((piece) => ({ ...piece, playId: ids[index] ?? 0 })));
      await viewing.addEvidence([...more, ...evidence]);
      const told = new Set([...changed.keys(), ...fresh.map(({ play }) => play.mediaId)]);
      const begun = [...changed.values()].filter((one) => one.positionMs > 0).map((one) => one.mediaId);
      await announce(person, [...told], begun);
    },
  };
}

/**
 * What each account showed, for those copies of which it has said nothing here. It counts as not heard: the server's own first word adds
 * to the history, and takes nothing away.
 */
async function saveObservations({ viewing }: ArrivalStores, { accounts, records, now }: PageInput, page: PlacedPage) {
  const byAccount = Map.groupBy(
    records.flatMap(({ title }) => title?.copies.map((copy) => ({ copy, title })) ?? []),
    ({ copy }) => copy.account,
  );
  for (const [name, told] of byAccount) {
    const account = accounts.get(name);
    if (!account) continue;
    const fresh = new Map<CopyId, Omit<StoredObservation, 'pushed'>>();
    for (const { copy, title } of told) {
      const place = page.placeOf(account, copy.item.upstreamId);
      if (!place || fresh.has(place.copyId)) continue;
      fresh.set(place.copyId, {
        ...copy.item.state,
        copyId: place.copyId,
        ...(copy.addedAt !== undefined && { addedAt: copy.addedAt }),
        ...(copy.event !== undefined && { event: copy.event }),
        heard: false,
        at: copy.seenAt ?? title.updatedAt ?? title.changedAt ?? now,
      });
    }
    for (const known of (await viewing.observations(account.id, [...fresh.keys()])).keys()) fresh.delete(known);
    await viewing.saveObservations(account.id, [...fresh.values()]);
  }
}
