import { type UpstreamItem, type UpstreamShow, type ViewingSource, withRaw } from '#core/upstreams/index.ts';
import { isRecord } from '#kernel/json.ts';
import type { Calls } from './calls.ts';
import { mapItem, mapShow } from './mediabrowser.map.ts';
import { readItemsReply, text } from './mediabrowser.wire.ts';
import type { IdReader } from './provider-ids.ts';

/** Keeps the promise of `ViewingSource.searchTitles`. The vendor's search looks at the titles of episodes, not at those of their series. */
export function createTitleSearch({
  calls,
  maxEpisodeRange,
  ids: readIds,
}: Readonly<{ calls: Calls; maxEpisodeRange: number; ids: IdReader }>): ViewingSource['searchTitles'] {
  const vendor = calls.dialect.title;

  async function showsOf(items: readonly unknown[], signal: AbortSignal): Promise<ReadonlyMap<string, UpstreamShow>> {
    const ids = new Set(items.flatMap((raw) => (isRecord(raw) ? (text(raw.SeriesId) ?? []) : [])));
    if (ids.size === 0) return new Map();
    const reply = readItemsReply(await calls.queryItems({ Ids: [...ids].join(',') }, signal), vendor, 'list of series');
    return new Map(reply.items.flatMap((raw) => mapShow(raw, readIds) ?? []).map((show) => [show.upstreamId, show]));
  }

  return async function searchTitles(wanted, { limit, signal, raw: keepRaw }) {
    const query = { SearchTerm: wanted, Recursive: true, IncludeItemTypes: 'Movie,Episode', Limit: limit };
    const { items } = readItemsReply(await calls.queryItems(query, signal), vendor, 'answer to a search');
    const shows = await showsOf(items, signal);
    return items.flatMap((raw): UpstreamItem[] => {
      // What is found does not say which library it is of.
      const mapped = mapItem(raw, { libraryId: '', shows, maxEpisodeRange, ids: readIds });
      return 'item' in mapped ? [withRaw(keepRaw, mapped.item, raw)] : [];
    });
  };
}
