import type { Media } from '#core/media/index.ts';
import type { CallOptions, MetadataSource, SourceKind, SourceTitle } from '#core/upstreams/index.ts';
import type { ExternalIds } from '#kernel/external-ids.ts';

export type AskedTitle = Readonly<{ kind: SourceKind; ids: ExternalIds }>;

export type SourceAnswer =
  | Readonly<{ state: 'told'; title: SourceTitle; agrees: boolean }>
  | Readonly<{ state: 'unknown' | 'doubtful' | 'no-ids' }>;

/** Movies and shows; a source is asked about nothing else. */
export function askedTitleOf({ kind, ids }: Pick<Media, 'kind' | 'ids'>): AskedTitle | undefined {
  return kind === 'movie' || kind === 'show' ? { kind, ids } : undefined;
}

/** The ids by which the source can be asked about it, its own first. */
export const waysIn = (source: MetadataSource, { kind, ids }: AskedTitle): readonly (readonly [provider: string, value: string])[] =>
  source.finds[kind].flatMap((provider) => (ids[provider] === undefined ? [] : [[provider, ids[provider]] as const]));

/** Asks by one id after the other, until the source knows one. */
export async function askAbout(source: MetadataSource, asked: AskedTitle, options: CallOptions): Promise<SourceAnswer> {
  const ways = waysIn(source, asked);
  if (ways.length === 0) return { state: 'no-ids' };
  for (const [provider, value] of ways) {
    const id = provider === source.vendor ? value : (await source.find({ kind: asked.kind, provider, value }, options))?.id;
    const title = id === undefined ? undefined : await source.read({ kind: asked.kind, id }, options);
    if (title !== undefined) return weigh(asked.ids, title);
  }
  return { state: 'unknown' };
}

/** Ids that agree speak for it and ids that differ against it, as everywhere: what is no more for than against is not believed. */
function weigh(ids: ExternalIds, title: SourceTitle): SourceAnswer {
  const shared = Object.keys(title.ids).filter((provider) => ids[provider] !== undefined);
  const same = shared.filter((provider) => ids[provider] === title.ids[provider]).length;
  if (same <= shared.length - same) return { state: 'doubtful' };
  return { state: 'told', title, agrees: same === shared.length };
}

/** Whether the source has a title of that kind under any of these ids. */
export async function isKnown(source: MetadataSource, asked: AskedTitle, options: CallOptions): Promise<boolean> {
  for (const [provider, value] of waysIn(source, asked)) if (await source.find({ kind: asked.kind, provider, value }, options)) return true;
  return false;
}
