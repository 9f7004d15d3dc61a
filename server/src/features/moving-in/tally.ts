import type { Refusal } from '#core/upstreams/index.ts';
import type { Json, JsonObject } from '#kernel/json.ts';

export type Counts = { taken: number; there: number; refused: number };
/** `changed`: it was known here, and something was added to it. */
export type HistoryCounts = Counts & { records: number; changed: number };

export type BackendReport = {
  name: string;
  type: string;
  is: 'new' | 'there' | 'refused';
  /** The name that it has here, where that is another. */
  known_as?: string;
  reason?: string;
  /** Items of the history that it is told to have: taken, known here already, left out. */
  items: Counts;
};

export type PersonReport = { name: string; is: 'new' | 'there'; backends: BackendReport[]; ignore_rules: Counts; history: HistoryCounts };

export type RefusedThing = Readonly<{ person?: string; kind: RefusedKind } & Refusal>;
export type RefusedKind = 'file' | 'person' | 'backend' | 'ignore-rule' | 'record' | 'custom-id' | 'suppression' | 'mapping' | 'backup';

export const noCounts = (): Counts => ({ taken: 0, there: 0, refused: 0 });
export const noHistory = (): HistoryCounts => ({ records: 0, changed: 0, ...noCounts() });

const EXAMPLES = 5;
/** As many as the record of a job holds; the report has all of them. */
const SHOWN = 100;

export type Tally = ReturnType<typeof createTally>;

/** Counts what is taken, and lists everything that is not. */
export function createTally() {
  const refused: RefusedThing[] = [];
  const left = new Map<string, { kind: string; reason: string; count: number; examples: string[] }>();
  const people: PersonReport[] = [];
  const others = { custom_ids: noCounts(), suppressions: noCounts(), mapping: noCounts(), backups: noCounts() };

  const reasons = (): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const { kind, reason } of refused) counts[`${kind}: ${reason}`] = (counts[`${kind}: ${reason}`] ?? 0) + 1;
    return counts;
  };

  return {
    people,
    others,
    refuse: (thing: RefusedThing): void => void refused.push(thing),
    /** A part of something that was taken. There may be many of one kind, so they are counted, with a few of them as examples. */
    leave(kind: string, { what, reason }: Refusal): void {
      const known = left.get(`${kind} ${reason}`) ?? { kind, reason, count: 0, examples: [] };
      left.set(`${kind} ${reason}`, known);
      known.count += 1;
      if (known.examples.length < EXAMPLES) known.examples.push(what);
    },
    /** All of it. */
    report: (head: JsonObject): JsonObject => ({ ...head, ...body(), refused: refused as unknown as Json }),
    /** What the record of a job holds. */
    summary: (head: JsonObject): JsonObject => ({
      ...head,
      ...body(),
      refused: refused.slice(0, SHOWN) as unknown as Json,
      refused_total: refused.length,
    }),
  };

  function body(): JsonObject {
    return { people: people as unknown as Json, ...others, left: [...left.values()], reasons: reasons() };
  }
}
