import { type Static, Type } from '@fastify/type-provider-typebox';
import type { Account } from '#core/connections/index.ts';
import { isProvider, normaliseExternalId } from '#core/media/index.ts';
import type { HistoryQuery, HistorySort, IdOfProvider } from '#core/viewing/index.ts';
import { invalid } from '#kernel/app-error.ts';
import { commaList } from '#kernel/comma-list.ts';
import { mediaId } from '#kernel/ids.ts';
import { said, switchIn } from './history-fields.ts';

// PostgreSQL takes no zero byte in a text.
const Text = Type.String({ maxLength: 500, pattern: '^[^\\u0000]*$' });
const Number16 = Type.Integer({ minimum: 0, maximum: 32_767 });
const described = (description: string) => ({ description });

export const HistorySearch = Type.Object({
  page: Type.Integer({ minimum: 1, maximum: 1_000_000, default: 1 }),
  perpage: Type.Integer({ minimum: 1, maximum: 1_000, default: 12 }),
  view: Type.Optional(Type.String({ maxLength: 2_000, description: 'Fields to answer, separated by commas; dots go deeper.' })),
  with_duplicates: Type.Optional(Type.Boolean()),
  sort: Type.Optional(Type.Array(Text, described('`field:asc` or `field:desc`; may be repeated, or written sort[]=.'))),
  watched: Type.Optional(Type.Boolean(described('Search using the watched state.'))),
  id: Type.Optional(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, ...described('Search using the local id.') })),
  via: Type.Optional(Type.String({ ...Text, ...described('Search using the backend that decided the state.') })),
  year: Type.Optional(Type.Integer({ ...Number16, ...described('Search using the year.') })),
  type: Type.Optional(Type.Union([Type.Literal('movie'), Type.Literal('episode')], described('Search using the type: movie or episode.'))),
  title: Type.Optional(Type.String({ ...Text, ...described('Search using the title, for episodes that of the series.') })),
  season: Type.Optional(Type.Integer({ ...Number16, ...described('Search using the season number.') })),
  episode: Type.Optional(Type.Integer({ ...Number16, ...described('Search using the episode number.') })),
  parent: Type.Optional(Type.String({ ...Text, ...described('Search using an id of the series: provider://id.') })),
  guids: Type.Optional(Type.String({ ...Text, ...described('Search using an id of the title: provider://id.') })),
  rguid: Type.Optional(Type.String({ ...Text, ...described('Search using guid://parentID/seasonNumber[/episodeNumber].') })),
  metadata: Type.Optional(
    Type.String({ ...Text, ...described('Search what backends say, by key and value; or what the backend of this name says. Slow.') }),
  ),
  extra: Type.Optional(
    Type.String({ ...Text, ...described('Search the events of backends, by key and value; or of the backend of this name. Slow.') }),
  ),
  key: Type.Optional(Text),
  value: Type.Optional(Text),
  exact: Type.Optional(Type.Boolean()),
  path: Type.Optional(Type.String({ ...Text, ...described('Search using the file path. Slow.') })),
  subtitle: Type.Optional(Type.String({ ...Text, ...described('Search using the title of the episode.') })),
  genres: Type.Optional(Type.String({ ...Text, ...described('Search using the genres. Slow.') })),
});
export type HistorySearch = Static<typeof HistorySearch>;

const SEARCHES = [
  'watched',
  'id',
  'via',
  'year',
  'type',
  'title',
  'season',
  'episode',
  'parent',
  'guids',
  'rguid',
  'metadata',
  'extra',
  'path',
  'subtitle',
  'genres',
] as const;
const COMPANIONS = ['key', 'value', 'exact'] as const;

const KINDS: Partial<Record<(typeof SEARCHES)[number], string>> = {
  watched: 'bool',
  id: 'int',
  year: 'int',
  season: 'int',
  episode: 'int',
  metadata: 'provider://id',
  parent: 'provider://id',
  guids: 'provider://id',
  rguid: 'guid://parentID/seasonNumber[/episodeNumber]',
};

/** The page's `searchable`. */
export const SEARCHABLE = SEARCHES.map((key) => ({
  key,
  description: String((HistorySearch.properties[key] as { description?: string }).description),
  type: key === 'metadata' || key === 'extra' ? 'json' : (KINDS[key] ?? 'string'),
}));

/** What was asked for, in the page's forms. */
export const filtersOf = (search: HistorySearch): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    [...SEARCHES, ...COMPANIONS].flatMap((name) => {
      const value = search[name];
      return value === undefined || value === '' ? [] : [[name, asFilter(name, value)]];
    }),
  );

/** Switches are numbers on the page, however they were written. */
function asFilter(name: string, value: string | number | boolean): string | number {
  if (typeof value === 'boolean') return Number(value);
  return name === 'metadata' || name === 'extra' ? (switchIn(String(value)) ?? value) : value;
}

const SORTS: ReadonlyMap<string, HistorySort['by']> = new Map([
  ['id', 'id'],
  ['type', 'kind'],
  ['updated', 'changedAt'],
  ['watched', 'watched'],
  ['via', 'via'],
  ['title', 'title'],
  ['year', 'year'],
  ['season', 'season'],
  ['episode', 'episode'],
  ['created_at', 'createdAt'],
  ['updated_at', 'updatedAt'],
]);
const MOST_SORTS = 8;

/** `sort=a&sort=b`, `sort[]=a`, `sort[0]=a` and `sort=a,b` are all in use. */
function sortsOf(query: Readonly<Record<string, unknown>>): readonly HistorySort[] {
  const given = Object.entries(query)
    .filter(([name]) => /^sort(\[\d*\])?$/.test(name))
    .flatMap(([, value]) => value)
    .flatMap((value) => commaList(String(value).toLowerCase()));
  if (given.length > MOST_SORTS) throw invalid('?sort', `must be at most ${MOST_SORTS} expressions`);
  return given.map((text): HistorySort => {
    const [name = '', direction = 'asc'] = text.split(':', 2);
    const by = SORTS.get(name);
    if (by === undefined) throw invalid('?sort', `"${name}" cannot be sorted by: use one of ${[...SORTS.keys()].join(', ')}`);
    if (direction !== 'asc' && direction !== 'desc') throw invalid('?sort', 'must end in :asc or :desc');
    return { by, descending: direction === 'desc' };
  });
}

const POINTER = /^(?:guid_)?([a-z0-9_]+):\/\/(\S.*)$/i;
const RELATIVE = /^(?:guid_)?([a-z0-9_]+):\/\/([^/\s]+)\/(\d{1,4})(?:\/(\d{1,4}))?$/i;

function pointerOf(name: 'parent' | 'guids', text: string): IdOfProvider {
  const [, provider, value] = POINTER.exec(text.trim()) ?? [];
  if (provider === undefined || value === undefined) throw invalid(`?${name}`, 'must read like provider://id, as in tvdb://252019');
  return idOf(provider, value);
}

function idOf(given: string, value: string): IdOfProvider {
  const provider = given.toLowerCase();
  return { provider, value: (isProvider(provider) ? normaliseExternalId(provider, value) : undefined) ?? value };
}

function relativeOf(search: HistorySearch, text: string): Pick<HistoryQuery, 'parent' | 'season' | 'episode'> {
  const [, provider, value, season, episode] = RELATIVE.exec(text.trim()) ?? [];
  if (provider === undefined || value === undefined) {
    throw invalid('?rguid', 'must read like guid://parentID/seasonNumber[/episodeNumber], as in tvdb://252019/1/2');
  }
  if ([search.parent, search.season, search.episode].some((one) => one !== undefined && one !== '')) {
    throw invalid('?rguid', 'says parent, season and episode by itself: leave those out');
  }
  return { parent: idOf(provider, value), season: Number(season), ...(episode !== undefined && { episode: Number(episode) }) };
}

/** An empty text is one that was not given. */
const given = (text: string | undefined): text is string => text !== undefined && text.trim() !== '';

/** What to look for, in the words of the history. Throws `invalid`, naming the parameter. */
export function queryOf(search: HistorySearch, raw: Readonly<Record<string, unknown>>, accounts: readonly Account[]): HistoryQuery {
  const { id, via, year, type, title, subtitle, season, episode, parent, guids, rguid, watched } = search;
  const reports = said(search, accounts);
  return {
    ...(watched !== undefined && { watched }),
    ...(id !== undefined && { id: mediaId(id) }),
    ...(given(via) && { via: accounts.filter((account) => account.name === via).map((account) => account.id) }),
    ...(year !== undefined && { year }),
    ...(type !== undefined && { kind: type }),
    ...(given(title) && { title }),
    ...(given(subtitle) && { episodeTitle: subtitle }),
    ...(season !== undefined && { season }),
    ...(episode !== undefined && { episode }),
    ...(given(parent) && { parent: pointerOf('parent', parent) }),
    ...(given(guids) && { ids: pointerOf('guids', guids) }),
    ...(given(rguid) && relativeOf(search, rguid)),
    ...(reports.length > 0 && { reports }),
    sort: sortsOf(raw),
  };
}
