import { isProvider, normaliseExternalId } from '#core/media/index.ts';
import type { Refusal, ToldCopy, ToldRecord, ToldTitle, UpstreamItem } from '#core/upstreams/index.ts';
import { believableDate } from '#core/viewing/index.ts';
import type { ExternalIds } from '#kernel/external-ids.ts';
import { days, type Instant } from '#kernel/instant.ts';
import { instantIn, numberIn, objectIn, textIn, truthIn, wholeIn } from './loose-values.ts';
import { itemKey, type SharedItems } from './shared-items.ts';
import type { StateRow } from './state-row.wire.ts';

export type RowContext = Readonly<{
  now: Instant;
  /** When each backend was last read or told in full, by its name. */
  lastRuns: ReadonlyMap<string, Instant | undefined>;
  shared: SharedItems;
}>;

type Told = Readonly<Record<string, unknown>>;
/** What one backend showed of the row. */
type Backend = Readonly<{ name: string; told: Told; extra: Told; event?: string; receivedAt?: Instant }>;
type Numbers = Readonly<{ season?: number; episode?: number }>;

const LONGEST_TITLE = days(4);
const NO_ID = 'its external id is none of its provider';
const PATH_ID = 'ids made of paths have no meaning here, since servers tell the paths themselves';
const UNREADABLE = 'a part of the record cannot be read, and was left out';

const optional = <Key extends string, T>(key: Key, value: T | undefined): { readonly [K in Key]?: T } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [K in Key]?: T };

const yearIn = (value: unknown): number | undefined => {
  const year = wholeIn(value);
  return year !== undefined && year > 1800 && year < 2200 ? year : undefined;
};

const numbersOf = (row: StateRow | Told): Numbers => {
  const [season, episode] = [wholeIn(row.season), wholeIn(row.episode)];
  return {
    ...(season !== undefined && season >= 0 && { season }),
    ...(episode !== undefined && episode >= 1 && { episode }),
  };
};

/** `row 42: Twin Peaks (1990) - 01x002`. */
function nameOf(row: StateRow, { season, episode }: Numbers): string {
  const year = yearIn(row.year);
  const number = row.type === 'episode' ? ` - ${String(season ?? 0).padStart(2, '0')}x${String(episode ?? 0).padStart(3, '0')}` : '';
  return `row ${String(row.id)}: ${textIn(row.title) ?? '??'}${year === undefined ? '' : ` (${year})`}${number}`;
}

/** Every row becomes a record: one that cannot be read says why. Pure. */
export function recordOf(row: StateRow, context: RowContext): ToldRecord {
  const numbers = row.type === 'episode' ? numbersOf(row) : {};
  const what = nameOf(row, numbers);
  if (row.type !== 'movie' && row.type !== 'episode')
    return { what, reason: `its type "${String(row.type)}" is neither movie nor episode` };
  const left: Refusal[] = [];
  const leave = (part: string, reason: string): void => void left.push({ what: part === '' ? what : `${what}, ${part}`, reason });
  const title = titleOf(row, row.type, numbers, context, leave);
  return { what, title, ...(left.length > 0 && { left }) };
}

type Leave = (part: string, reason: string) => void;

function titleOf(row: StateRow, kind: 'movie' | 'episode', numbers: Numbers, context: RowContext, leave: Leave): ToldTitle {
  const read = (column: 'parent' | 'guids' | 'metadata' | 'extra'): Told => {
    const { told, broken } = objectIn(row[column]);
    if (broken) leave(column, UNREADABLE);
    return told;
  };
  const ids = idsIn(read('guids'), 'guids', leave);
  const parent = idsIn(read('parent'), 'parent', leave);
  const backends = backendsOf(read('metadata'), read('extra'), leave);
  const date = (value: unknown): Instant | undefined => believableDate(instantIn(value), context.now);
  const watched = truthIn(row.watched);
  const name = textIn(row.title) ?? '??';
  const via = textIn(row.via);
  const own = { kind, name, ids, parent, numbers };
  const changedAt = date(row.updated);
  return {
    kind,
    title: kind === 'movie' ? name : episodeTitle(backends, via, numbers),
    ...optional('year', yearIn(row.year)),
    ids,
    ...(kind === 'episode' && { show: { title: name, ids: parent } }),
    ...numbers,
    watched,
    ...optional('changedAt', changedAt),
    ...optional('createdAt', date(row.created_at)),
    ...optional('updatedAt', date(row.updated_at)),
    ...optional('event', backends.find((backend) => backend.name === via)?.event),
    ...optional('via', via),
    ...optional('position', watched ? undefined : positionOf(backends, context.now, leave)),
    copies: backends.flatMap((backend) => copyOf(row, own, backend, context, leave) ?? []),
  };
}

function idsIn(told: Told, part: string, leave: Leave): ExternalIds {
  const ids: Record<string, string> = {};
  for (const [key, value] of Object.entries(told)) {
    const provider = key.toLowerCase().replace(/^guid_/, '');
    if (provider === 'path') {
      leave('', PATH_ID);
      continue;
    }
    const id = isProvider(provider) ? normaliseExternalId(provider, value) : /^[a-z0-9_]+$/.test(provider) ? textIn(value) : undefined;
    if (id !== undefined) ids[provider] = id;
    else if (textIn(value) !== undefined) leave(`${part} ${key} "${String(value).slice(0, 60)}"`, NO_ID);
  }
  return ids;
}

function backendsOf(metadata: Told, extras: Told, leave: Leave): readonly Backend[] {
  return Object.entries(metadata).flatMap(([name, value]): Backend[] => {
    const { told, broken } = objectIn(value);
    if (broken || Object.keys(told).length === 0) {
      leave(`metadata of ${name}`, UNREADABLE);
      return [];
    }
    const said = objectIn(extras[name]).told;
    const receivedAt = instantIn(said.received_at);
    return [
      { name, told, extra: objectIn(told.extra).told, ...optional('event', textIn(said.event)), ...optional('receivedAt', receivedAt) },
    ];
  });
}

function episodeTitle(backends: readonly Backend[], via: string | undefined, { episode }: Numbers): string {
  const inOrder = [...backends].sort((one, other) => Number(other.name === via) - Number(one.name === via));
  const told = inOrder.map((backend) => textIn(backend.extra.title)).find((title) => title !== undefined);
  return told ?? `Episode ${episode ?? '?'}`;
}

const msIn = (value: unknown): number | undefined => {
  const ms = numberIn(value);
  return ms !== undefined && ms > 0 && ms < LONGEST_TITLE ? Math.floor(ms) : undefined;
};

/** The latest of the positions that the backends show. */
function positionOf(backends: readonly Backend[], now: Instant, leave: Leave): ToldTitle['position'] {
  const told = backends.flatMap((backend) => {
    const ms = truthIn(backend.told.watched) ? undefined : msIn(backend.told.progress);
    if (ms === undefined && (numberIn(backend.told.progress) ?? 0) >= LONGEST_TITLE)
      leave(`progress on ${backend.name}`, 'no title is that long');
    return ms === undefined ? [] : [{ ms, at: believableDate(backend.receivedAt, now), account: backend.name }];
  });
  const [latest] = told.sort((one, other) => (other.at ?? 0) - (one.at ?? 0) || other.ms - one.ms);
  return latest && { ms: latest.ms, account: latest.account, ...optional('at', latest.at) };
}

type Own = Readonly<{ kind: 'movie' | 'episode'; name: string; ids: ExternalIds; parent: ExternalIds; numbers: Numbers }>;

function copyOf(row: StateRow, own: Own, backend: Backend, context: RowContext, leave: Leave): ToldCopy | undefined {
  const upstreamId = textIn(backend.told.id);
  const part = `the item of ${backend.name}`;
  if (upstreamId === undefined) {
    leave(part, 'it has no id on its server');
    return undefined;
  }
  const shared = context.shared.get(itemKey(backend.name, upstreamId));
  if (shared && !shared.rows.has(Number(row.id))) {
    leave(part, 'another row claims the same item, and was changed later');
    return undefined;
  }
  const seenAt = lastSeen(backend, context);
  return {
    account: backend.name,
    item: itemOf(own, backend, upstreamId, shared?.episodes),
    ...optional('addedAt', believableDate(instantIn(backend.told.added_at), context.now)),
    ...optional('seenAt', seenAt),
    ...optional('event', backend.event),
  };
}

/** The other program looked at every item of a backend whenever it read it in full, and marked items whenever it told it what it knew. */
function lastSeen({ name, told, receivedAt }: Backend, { now, lastRuns }: RowContext): Instant | undefined {
  const dates = [lastRuns.get(name), receivedAt, instantIn(told.played_at)].flatMap((date) => believableDate(date, now) ?? []);
  return dates.length === 0 ? undefined : Math.max(...dates);
}

const silent: Leave = () => undefined;

/** The ids that the backend told, else those of the whole row. */
function idsOr(told: unknown, others: ExternalIds): ExternalIds {
  const ids = idsIn(objectIn(told).told, '', silent);
  return Object.keys(ids).length > 0 ? ids : others;
}

function itemOf(own: Own, backend: Backend, upstreamId: string, shared: readonly number[] | undefined): UpstreamItem {
  const { told, extra } = backend;
  const path = textIn(told.path);
  const released = textIn(extra.date);
  return {
    upstreamId,
    libraryId: textIn(told.library) ?? '',
    kind: own.kind,
    title: textIn(told.title) ?? own.name,
    ...optional('year', yearIn(told.year)),
    ids: idsOr(told.guids, own.ids),
    ...(own.kind === 'episode' && episodeParts(own, backend, upstreamId, shared)),
    files: path === undefined ? [] : [{ path }],
    ...optional('overview', textIn(extra.overview)),
    genres: Array.isArray(extra.genres) ? extra.genres.flatMap((genre) => textIn(genre) ?? []) : [],
    ...(released !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(released) && { releasedOn: released }),
    state: stateOf(told, extra),
  };
}

function episodeParts(
  own: Own,
  { told, extra }: Backend,
  upstreamId: string,
  shared: readonly number[] | undefined,
): Partial<UpstreamItem> & Pick<UpstreamItem, 'title'> {
  const { season = own.numbers.season, episode = own.numbers.episode } = numbersOf(told);
  const episodes = shared !== undefined && shared.length > 1 ? shared : episode === undefined ? [] : [episode];
  return {
    title: textIn(extra.title) ?? `Episode ${episode ?? '?'}`,
    show: {
      upstreamId: textIn(told.show) ?? `series of ${upstreamId}`,
      title: textIn(told.title) ?? own.name,
      ids: idsOr(told.parent, own.parent),
    },
    ...optional('season', season),
    ...(episodes.length > 0 && { episodes }),
  };
}

function stateOf(told: Told, extra: Told): UpstreamItem['state'] {
  const played = truthIn(told.watched);
  const rating = numberIn(told.rating);
  return {
    played,
    ...(played && optional('lastPlayedAt', instantIn(told.played_at))),
    positionMs: played ? 0 : (msIn(told.progress) ?? 0),
    ...(rating !== undefined && rating > 0 && rating <= 10 && { rating }),
    ...(extra.favorite !== undefined && { favorite: truthIn(extra.favorite) }),
  };
}
