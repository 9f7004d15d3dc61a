import { isProvider, normaliseExternalId } from '#core/media/index.ts';
import type { ToldRecord, ToldTitle } from '#core/upstreams/index.ts';
import { believableDate } from '#core/viewing/index.ts';
import type { ExternalIds } from '#kernel/external-ids.ts';
import { fromUnix, type Instant } from '#kernel/instant.ts';
import { isRecord } from '#kernel/json.ts';

const textIn = (value: unknown): string | undefined => {
  const text = typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
  return text === '' ? undefined : text;
};

const wholeIn = (value: unknown, least: number): number | undefined => {
  const number = typeof value === 'string' && /^\d+$/.test(value.trim()) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= least ? number : undefined;
};

const isTrue = (value: unknown): boolean => value === true || value === 1 || value === '1' || value === 'true';

function idsIn(value: unknown): ExternalIds {
  const told = isRecord(value) ? Object.entries(value) : [];
  return Object.fromEntries(
    told.flatMap(([key, id]) => {
      const provider = key.toLowerCase().replace(/^guid_/, '');
      const known = isProvider(provider) ? normaliseExternalId(provider, id) : provider === 'path' ? undefined : textIn(id);
      return known === undefined ? [] : [[provider, known]];
    }),
  );
}

const optional = <Key extends string, T>(key: Key, value: T | undefined): { readonly [K in Key]?: T } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [K in Key]?: T };

type Told = Readonly<Record<string, unknown>>;

function nameOf(told: Told, position: number): string {
  const name = textIn(told.title) ?? '??';
  if (told.type !== 'episode') return `entry ${position}: ${name}`;
  return `entry ${position}: ${textIn(told.show) ?? name} ${String(told.season ?? '?')}x${String(told.episode ?? '?')}`;
}

const episodeOf = (told: Told): Pick<ToldTitle, 'show' | 'season' | 'episode'> => ({
  show: { title: textIn(told.show) ?? textIn(told.title) ?? '??', ids: idsIn(told.parent) },
  ...optional('season', wholeIn(told.season, 0)),
  ...optional('episode', wholeIn(told.episode, 1)),
});

/** What an entry of a portable backup tells; one that tells nothing says why. The opposite of `portableItem`. Pure. */
export function recordOfPortable(entry: unknown, position: number, now: Instant): ToldRecord {
  const told = isRecord(entry) ? entry : {};
  const what = nameOf(told, position);
  if (told.type !== 'movie' && told.type !== 'episode')
    return { what, reason: `its type "${String(told.type)}" is neither movie nor episode` };
  const updated = wholeIn(told.updated, 1);
  const changedAt = updated === undefined ? undefined : believableDate(fromUnix(updated), now);
  const watched = isTrue(told.watched);
  const progress = watched ? undefined : wholeIn(told.progress, 1);
  const title: ToldTitle = {
    kind: told.type,
    title: textIn(told.title) ?? (told.type === 'episode' ? `Episode ${String(told.episode ?? '?')}` : '??'),
    ...optional('year', wholeIn(told.year, 1_801)),
    ids: idsIn(told.guids),
    ...(told.type === 'episode' && episodeOf(told)),
    watched,
    ...optional('changedAt', changedAt),
    ...(progress !== undefined && { position: { ms: progress, ...optional('at', changedAt) } }),
    copies: [],
  };
  return { what, title };
}
