import type { CopyId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { TitleFacts, TitlePicture, TitleStatus, ToldFacts } from './title-fact.ts';

/** What one copy tells of its title, or the copy of an episode of its show. */
export type CopyFacts = Readonly<{
  copyId: CopyId;
  runtimeMs?: number;
  releasedOn?: string;
  overview?: string;
  genres?: readonly string[];
}>;

export type SourceFacts = Readonly<{ source: string; facts: ToldFacts }>;

export const SERVERS = 'servers';

/** The first moment of a day, or undefined where the text names none. */
export function dayOf(date: string | null | undefined): Instant | undefined {
  const instant = date ? Date.parse(`${date.slice(0, 10)}T00:00:00Z`) : Number.NaN;
  return Number.isFinite(instant) ? instant : undefined;
}

type Facts = Readonly<{ kind: string; copies: readonly CopyFacts[]; told: readonly SourceFacts[]; now: Instant }>;
type Draft = { -readonly [Key in keyof TitleFacts]: TitleFacts[Key] };

/** Field by field, from the first who tells it: copies in the order given, then sources. */
export function foldFacts({ kind, copies, told, now }: Facts): TitleFacts {
  const facts: Draft = { sources: [...(copies.length > 0 ? [SERVERS] : []), ...told.map(({ source }) => source)] };
  for (const { runtimeMs, releasedOn, overview, genres } of copies)
    fill(facts, { runtimeMs, overview, genres, releasedAt: dayOf(releasedOn) });
  for (const { facts: each } of told) {
    const { releasedOn, lastAiredOn, poster: _poster, backdrop: _backdrop, ...same } = each;
    fill(facts, { ...same, releasedAt: dayOf(releasedOn), lastAiredAt: dayOf(lastAiredOn) });
  }
  const status = statusOf(kind, facts, now);
  if (status !== undefined) facts.status = status;
  fill(facts, { poster: pictureOf(copies, told, 'poster'), backdrop: pictureOf(copies, told, 'backdrop') });
  return facts;
}

/** Takes what is not known yet. */
function fill(facts: Draft, more: Readonly<Partial<Record<keyof TitleFacts, unknown>>>): void {
  const open: Partial<Record<keyof TitleFacts, unknown>> = facts;
  for (const [name, value] of Object.entries(more)) {
    const key = name as keyof TitleFacts;
    if (value !== undefined && open[key] === undefined) open[key] = value;
  }
}

/** A day that has come since a source told of it is not upcoming any more, whatever it said then. */
function statusOf(kind: string, facts: TitleFacts, now: Instant): TitleStatus | undefined {
  const { status, releasedAt } = facts;
  const isOut = releasedAt !== undefined && releasedAt <= now;
  if (kind === 'show') return status === 'upcoming' && isOut ? 'airing' : status;
  if (kind !== 'movie') return undefined;
  if (releasedAt === undefined) return status;
  return isOut ? 'released' : 'upcoming';
}

function pictureOf(copies: readonly CopyFacts[], told: readonly SourceFacts[], kind: 'poster' | 'backdrop'): TitlePicture | undefined {
  const [copy] = copies;
  const teller = told.find(({ facts }) => facts[kind] !== undefined);
  const path = teller?.facts[kind];
  if (copy === undefined && path === undefined) return undefined;
  return {
    ...(copy !== undefined && { copyId: copy.copyId }),
    ...(teller !== undefined && path !== undefined && { told: { source: teller.source, path } }),
  };
}
