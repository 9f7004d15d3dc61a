import { type Actor, mayActAs, mayActAsAnyone } from '#core/access/index.ts';
import { messageOf } from '#kernel/app-error.ts';
import type { PersonId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Logger } from '#platform/logging/index.ts';

/** What only a person can decide, the most pressing kind first. */
export const DECISION_KINDS = [
  'plan',
  'conflict',
  'request-failed',
  'place-refused',
  'push-failed',
  'change-in-doubt',
  'person-unmatched',
  'task-failed',
  'event-undelivered',
] as const;
export type DecisionKind = (typeof DECISION_KINDS)[number];

type Values = Readonly<Record<string, string | number>>;

/** One thing that waits for an answer. Its sentences are its kind's, with these values in them. */
export type Decision = Readonly<{
  kind: DecisionKind;
  /** Unique within its kind. */
  id: string;
  since: Instant;
  /** What it is about, as a person would name it. */
  subject: string;
  values: Values;
  /** Whose it is; undefined is the house's. */
  person: PersonId | undefined;
}>;

/** How a capability stands: what it did last, and when it does something next. */
export type Capability = Readonly<{
  id: string;
  isOn: boolean;
  last:
    | Readonly<{
        at: Instant;
        tookMs: number | undefined;
        state: string;
        error: string | undefined;
        job: string | undefined;
        counts: Values;
      }>
    | undefined;
  /** What is under way or waits now. */
  open: number;
  next: Instant | undefined;
}>;

/** A place that things are read from. */
export type HomeSource = Readonly<{
  kind: string;
  name: string;
  person: PersonId | undefined;
  state: 'known' | 'unknown' | 'refused' | 'new' | 'off';
  /** What is shown of it was read then. */
  knownAt: Instant | undefined;
  /** Since its last trouble, with what was wrong in its own words. */
  trouble: Readonly<{ at: Instant; message: string }> | undefined;
}>;

/** Who asks: undefined is everybody, for those who see everybody. */
export type Viewer = Readonly<{ person: PersonId | undefined; runsTheHouse: boolean }>;

type Reader<T> = (viewer: Viewer) => Promise<readonly T[]>;

export type HomeDeps = Readonly<{
  logger: Logger;
  decisions: Readonly<Record<string, Reader<Decision>>>;
  capabilities: Readonly<Record<string, Reader<Capability>>>;
  sources: Readonly<Record<string, Reader<HomeSource>>>;
}>;

export type HomeView = Readonly<{
  decisions: readonly Decision[];
  /** Of all, by kind; `decisions` has at most fifty of each. */
  totals: Readonly<Partial<Record<DecisionKind, number>>>;
  capabilities: readonly Capability[];
  sources: readonly HomeSource[];
  /** Parts that could not be read: nothing is known of them, and nothing may be concluded. */
  unreadable: readonly Readonly<{ part: string; message: string }>[];
}>;

export type Home = (actor: Actor) => Promise<HomeView>;

const MOST_OF_A_KIND = 50;

/** What a person sees first. Each part is read by itself: one that cannot be read says so, and takes nothing else with it. */
export function createHome({ logger, decisions, capabilities, sources }: HomeDeps): Home {
  return async (actor) => {
    const viewer: Viewer = { person: mayActAsAnyone(actor) ? undefined : actor.personId, runsTheHouse: mayActAsAnyone(actor) };
    const unreadable: { part: string; message: string }[] = [];

    async function readAll<T>(readers: Readonly<Record<string, Reader<T>>>): Promise<T[]> {
      const found: T[] = [];
      for (const [part, read] of Object.entries(readers)) {
        try {
          found.push(...(await read(viewer)));
        } catch (error) {
          logger.error({ err: error, part }, 'A part of the first page could not be read');
          unreadable.push({ part, message: messageOf(error) });
        }
      }
      return found;
    }

    const sees = ({ person }: Readonly<{ person: PersonId | undefined }>): boolean =>
      viewer.runsTheHouse || (person !== undefined && mayActAs(actor, person));
    const open = (await readAll(decisions)).filter(sees);
    const byKind = Map.groupBy(open, ({ kind }) => kind);
    return {
      decisions: DECISION_KINDS.flatMap((kind) =>
        (byKind.get(kind) ?? []).toSorted((one, other) => one.since - other.since).slice(0, MOST_OF_A_KIND),
      ),
      totals: Object.fromEntries([...byKind].map(([kind, of]) => [kind, of.length])),
      capabilities: await readAll(capabilities),
      sources: (await readAll(sources)).filter(sees),
      unreadable,
    };
  };
}
