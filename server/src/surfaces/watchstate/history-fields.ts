import type { Account } from '#core/connections/index.ts';
import type { FieldMatch, ReportField, ReportFilter } from '#core/viewing/index.ts';
import { invalid } from '#kernel/app-error.ts';
import { fromIso, fromUnix, toUnix } from '#kernel/instant.ts';

/** The parameters that ask what backends say. */
export type SaidSearch = Readonly<{
  path?: string;
  genres?: string;
  metadata?: string;
  extra?: string;
  key?: string;
  value?: string;
  exact?: boolean;
}>;

type Reading = 'text' | 'number' | 'seconds' | 'flag';

/** The members of a row's `metadata` and `extra` blocks, and how their values are written. */
const FIELDS: Readonly<Record<'metadata' | 'extra', Readonly<Record<string, readonly [ReportField, Reading]>>>> = {
  metadata: {
    id: ['upstreamId', 'text'],
    type: ['kind', 'text'],
    watched: ['played', 'flag'],
    title: ['workTitle', 'text'],
    added_at: ['addedAt', 'seconds'],
    played_at: ['lastPlayedAt', 'seconds'],
    progress: ['positionMs', 'number'],
    rating: ['rating', 'number'],
    library: ['libraryId', 'text'],
    show: ['showUpstreamId', 'text'],
    season: ['season', 'number'],
    episode: ['episode', 'number'],
    year: ['year', 'number'],
    path: ['path', 'text'],
    multi: ['several', 'flag'],
    'extra.title': ['title', 'text'],
    'extra.overview': ['overview', 'text'],
    'extra.genres': ['genres', 'text'],
    'extra.date': ['releasedOn', 'text'],
    'extra.favorite': ['favorite', 'flag'],
  },
  extra: { event: ['event', 'text'], received_at: ['observedAt', 'seconds'] },
};
const GUID = /^(guids|parent)\.(?:guid_)?([a-z0-9_]+)$/;
const WHOLE_SECOND = 999;
const FLAGS: ReadonlyMap<string, number> = new Map([
  ...['1', 'true', 'yes', 'on'].map((word) => [word, 1] as const),
  ...['0', 'false', 'no', 'off'].map((word) => [word, 0] as const),
]);

/** The filters that ask what backends say: metadata, extra, path and genres. */
export function said(search: SaidSearch, accounts: readonly Account[]): readonly ReportFilter[] {
  const all = accounts.map((account) => account.id);
  const part = (field: ReportField, text: string): ReportFilter => ({ accounts: all, field, match: { text, exact: false } });
  return [
    ...(search.path ? [part('path', search.path)] : []),
    ...(search.genres ? [part('genres', search.genres)] : []),
    ...blockFilter('metadata', search, accounts),
    ...blockFilter('extra', search, accounts),
  ];
}

/** `1` or `0`, as a query writes it; undefined for any other word. */
export const switchIn = (text: string): number | undefined => FLAGS.get(text.trim().toLowerCase());

/** `metadata=1` asks all backends, `metadata=plex` that one; without a key it asks whether the backend says anything. */
function blockFilter(block: 'metadata' | 'extra', search: SaidSearch, accounts: readonly Account[]): readonly ReportFilter[] {
  const wanted = search[block]?.trim() ?? '';
  if (wanted === '' || switchIn(wanted) === 0) return [];
  if (switchIn(wanted) === 1) return [jsonFilter(block, search, accounts)];
  const named = accounts.filter((account) => account.name === wanted);
  if (named.length === 0) throw invalid(`?${block}`, `must be 1, with key and value, or the name of a backend; there is no "${wanted}"`);
  if (search.key || search.value) return [jsonFilter(block, search, named)];
  return [{ accounts: named.map((account) => account.id), field: 'played', match: { from: 0, to: 1 } }];
}

function jsonFilter(block: 'metadata' | 'extra', { key, value, exact }: SaidSearch, accounts: readonly Account[]): ReportFilter {
  if (!key) throw invalid('?key', `must name a field when ${block} is searched`);
  if (value === undefined || value === '') throw invalid('?value', `must be given when ${block} is searched`);
  const [first = '', ...rest] = key.trim().split('.');
  const named = rest.length > 0 ? accounts.filter((account) => account.name === first) : [];
  const name = named.length > 0 ? rest.join('.') : key.trim();
  const [field, reading] = fieldFor(block, name);
  return {
    accounts: (named.length > 0 ? named : accounts).map((account) => account.id),
    field,
    match: matchOf(reading, value, exact === true),
  };
}

function fieldFor(block: 'metadata' | 'extra', name: string): readonly [ReportField, Reading] {
  const [, whose, provider] = (block === 'metadata' && GUID.exec(name)) || [];
  if (provider !== undefined) return [{ idsOf: whose === 'parent' ? 'show' : 'title', provider }, 'text'];
  const fields = FIELDS[block];
  const found = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (found) return found;
  const known = [...Object.keys(fields), ...(block === 'metadata' ? ['guids.guid_…', 'parent.guid_…'] : [])];
  throw invalid(
    '?key',
    `"${name}" is no field of ${block}: use one of ${known.join(', ')}, with the name of a backend and a dot before it if you like`,
  );
}

function matchOf(reading: Reading, value: string, exact: boolean): FieldMatch {
  if (reading === 'text') return { text: value, exact };
  if (reading === 'seconds') {
    const written = numberOf(value) ?? toUnix(fromIso(value) ?? Number.NaN);
    if (!Number.isSafeInteger(written)) throw invalid('?value', 'must be a date, or seconds since 1970');
    return { from: fromUnix(written), to: fromUnix(written) + WHOLE_SECOND };
  }
  const number = reading === 'flag' ? FLAGS.get(value.trim().toLowerCase()) : numberOf(value);
  if (number === undefined) throw invalid('?value', reading === 'flag' ? 'must be 0 or 1' : 'must be a number');
  return { from: number, to: number };
}

const numberOf = (text: string): number | undefined => (/^\d{1,12}(\.\d{1,3})?$/.test(text.trim()) ? Number(text) : undefined);
