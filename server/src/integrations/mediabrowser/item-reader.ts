import { type CallOptions, type UpstreamItem, withRaw } from '#core/upstreams/index.ts';
import { AppError, isAppError } from '#kernel/app-error.ts';
import { type Clock, minutes } from '#kernel/instant.ts';
import { isRecord } from '#kernel/json.ts';
import type { Calls } from './calls.ts';
import { createLookup } from './lookup.ts';
import { mapItem, mapShow } from './mediabrowser.map.ts';
import { readItemsReply, readListReply, text, type WireObject } from './mediabrowser.wire.ts';
import type { IdReader } from './provider-ids.ts';

/** Series and libraries of single items read for webhooks: a burst about one season asks once. */
const KEPT_MS = minutes(2);

/** Reads single items; keeps the promises of `ViewingSource.readItem`. */
export function createItemReader({
  calls,
  clock,
  maxEpisodeRange,
  ids,
}: Readonly<{ calls: Calls; clock: Clock; maxEpisodeRange: number; ids: IdReader }>) {
  const { dialect } = calls;
  const shows = createLookup<WireObject | undefined>(clock, KEPT_MS);
  const libraries = createLookup<string>(clock, KEPT_MS);

  /** The raw item with this very id: a server that cannot read the id answers with others. */
  async function queryOne(upstreamId: string, signal: AbortSignal): Promise<WireObject | undefined> {
    const reply = readItemsReply(await calls.queryItems({ Ids: upstreamId }, signal), dialect.title, 'answer about one item');
    return reply.items.filter(isRecord).find((raw) => raw.Id === upstreamId);
  }

  /** Items do not say which library they are of; their ancestors do. Empty where they do not either. */
  async function askLibrary(upstreamId: string, signal: AbortSignal): Promise<string> {
    const route = await calls.routes(signal);
    const ancestors = await calls.get(route.ancestors(calls.userId(), upstreamId), signal).catch((fault: unknown) => {
      if (isAppError(fault, 'upstream-not-found')) return [];
      throw fault;
    });
    const list = readListReply(ancestors, dialect.title, 'list of the folders of an item');
    return text(list.find((raw) => raw.Type === 'CollectionFolder' || raw.Type === 'UserView')?.Id) ?? '';
  }

  return async function readItem(upstreamId: string, { signal, raw: keepRaw }: CallOptions): Promise<UpstreamItem | undefined> {
    const raw = await queryOne(upstreamId, signal);
    if (raw === undefined) return undefined;
    const showId = raw.Type === 'Episode' ? text(raw.SeriesId) : undefined;
    const [rawShow, libraryId] = await Promise.all([
      showId === undefined ? undefined : shows(showId, () => queryOne(showId, signal)),
      libraries(showId ?? upstreamId, () => askLibrary(upstreamId, signal)),
    ]);
    const show = mapShow(rawShow, ids);
    const mapped = mapItem(raw, { libraryId, shows: new Map(show ? [[show.upstreamId, show]] : []), maxEpisodeRange, ids });
    if ('item' in mapped) return withRaw(keepRaw, mapped.item, raw);
    if (!mapped.unreadable) return undefined;
    throw new AppError('upstream-unreadable', `${dialect.title}: the item ${upstreamId} cannot be read. ${mapped.skipped.reason}`);
  };
}
