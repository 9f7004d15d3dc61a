import { isRecord, type JsonObject } from '#kernel/json.ts';
import type { PlaceStanding, PlanChange, PlanPlace } from './plan.ts';

/** Changes with one key are one row: one title, with a cell for each place. */
export function rowKeyOf(subject: JsonObject, seq: number): string {
  if (typeof subject.mediaId === 'number') return `media ${subject.mediaId}`;
  return typeof subject.copyId === 'number' ? `copy ${subject.copyId}` : `change ${seq}`;
}

/** What begins like this changes our own history. */
const OWN = 'learn-';
export const isOwn = ({ kind }: Pick<PlanChange, 'kind'>): boolean => kind.startsWith(OWN);

export type Effect = 'add' | 'change' | 'remove';

const isNothing = (value: unknown): boolean => value === null || value === undefined || value === false || value === 0;

/** Whether something is added, replaced or taken away. Pure; by what is before and after, whatever the kind. */
export function effectOf({ before, after }: Pick<PlanChange, 'before' | 'after'>): Effect {
  const whole = (value: unknown): boolean => (isRecord(value) ? Object.values(value).every(isNothing) : isNothing(value));
  if (whole(after)) return 'remove';
  return whole(before) ? 'add' : 'change';
}

/**
 * `source`: what the change rests on stands there. `already`: it stands there too. `untouched`: it does not, and the plan leaves it so.
 * `absent`: there is no such title there. `unknown`: nothing is known of that place.
 */
export type CellState = Effect | 'source' | 'already' | 'untouched' | 'absent' | 'unknown';

export type Cell = Readonly<{
  accountId: number;
  state: CellState;
  /** Where the plan changes something. */
  change: PlanChange | undefined;
  standing: PlaceStanding | undefined;
}>;

export type PlanRow = Readonly<{
  key: string;
  title: string;
  /** In the order of the places given. */
  cells: readonly Cell[];
  changes: readonly PlanChange[];
  /** All that may be left out of it is. */
  leftOut: boolean;
  /** It came to the plan after a former one was approved. */
  isNew: boolean;
}>;

/** One row of a plan, with a cell for each place. Pure. */
export function rowOf(key: string, changes: readonly PlanChange[], places: readonly PlanPlace[]): PlanRow {
  const [first] = changes;
  const standings = new Map(changes.flatMap(({ subject }) => standingsIn(subject)));
  const sources = new Set(changes.flatMap(({ reason }) => reason.facts.map(({ source }) => source)));
  const cells = places.map(({ accountId, name, readAt }): Cell => {
    const change = changes.find((one) => one.accountId === accountId && !isOwn(one));
    const standing = standings.get(accountId);
    const state = change ? effectOf(change) : stateOf(standing, sources.has(name), standings.size > 0 && readAt !== null);
    return { accountId, state, change, standing };
  });
  return {
    key,
    title: String(first?.subject.title ?? ''),
    cells,
    changes,
    leftOut: changes.every(({ state, mayLeaveOut }) => state === 'left-out' || !mayLeaveOut) && changes.some(isLeftOut),
    isNew: changes.some(({ subject }) => subject.isNew === true),
  };
}

const isLeftOut = ({ state }: PlanChange): boolean => state === 'left-out';

function stateOf(standing: PlaceStanding | undefined, isSource: boolean, isRead: boolean): CellState {
  if (isSource) return 'source';
  if (standing === undefined) return isRead ? 'absent' : 'unknown';
  return standing.watched || (standing.positionMs ?? 0) > 0 ? 'already' : 'untouched';
}

function standingsIn(subject: JsonObject): readonly (readonly [number, PlaceStanding])[] {
  if (!isRecord(subject.places)) return [];
  return Object.entries(subject.places).flatMap(([id, standing]) =>
    isRecord(standing) ? [[Number(id), standing as unknown as PlaceStanding] as const] : [],
  );
}
