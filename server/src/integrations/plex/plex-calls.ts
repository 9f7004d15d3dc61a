import { type CallOptions, MOST_IMAGE_BYTES } from '#core/upstreams/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { mapLongList } from '#kernel/json-list.ts';
import type { HttpClient, HttpQuery, HttpReply } from '#platform/http-client/index.ts';
import { numberOf } from './plex.map.ts';
import { plexPage } from './plex.wire.ts';

/** What makes an answer readable: a compiled check of one wire shape. */
export type Readable<T> = Readonly<{ Check(value: unknown): value is T }>;

export type PlexClientName = Readonly<{ clientIdentifier: string; product: string }>;

export type RawPage = Readonly<{ items: readonly unknown[]; total: number; sectionId: string | undefined }>;

export type UnreadPage = Readonly<{
  /** Of the page as it came. Before it is read. */
  digest(): string;
  read(): RawPage;
  /** Its items, each as `each` makes it, which may be called for one of them twice. */
  map<T>(each: (raw: unknown) => T): Readonly<{ items: readonly T[]; total: number }>;
}>;
type Span = Readonly<{ offset: number; size: number }>;

export const plexHeaders = (client: PlexClientName): Record<string, string> => ({
  'x-plex-client-identifier': client.clientIdentifier,
  'x-plex-product': client.product,
});

/** The answer in the shape that was asked for, or `upstream-unreadable`. */
export function readable<T>(shape: Readable<T>, answer: unknown, from: string): T {
  if (shape.Check(answer)) return answer;
  throw new AppError('upstream-unreadable', `${from} answered in a shape that we cannot read. Is it a Plex Media Server of 1.20 or newer?`);
}

export type PlexCalls = Readonly<{
  name: string;
  get<T>(path: string, shape: Readable<T>, options: CallOptions, query?: HttpQuery): Promise<T>;
  page(path: string, query: HttpQuery, span: Span | undefined, options: CallOptions): Promise<RawPage>;
  pageText(path: string, query: HttpQuery, span: Span | undefined, options: CallOptions): Promise<UnreadPage>;
  /** A picture of the server, as it came. */
  picture(path: string, options: CallOptions, query?: HttpQuery): Promise<HttpReply>;
  tell(
    request: Readonly<{
      method: 'GET' | 'POST' | 'PUT';
      path: string;
      query: HttpQuery;
      retry: 'safe' | 'never';
      headers?: Readonly<Record<string, string>>;
    }>,
    options: CallOptions,
  ): Promise<void>;
}>;

/** One account's calls. The token travels in a header, never in an address. */
export function createPlexCalls(
  deps: Readonly<{ http: HttpClient; token: string; client: PlexClientName; name: string; timeoutMs?: number | undefined }>,
): PlexCalls {
  const headers = { ...plexHeaders(deps.client), 'x-plex-token': deps.token };
  const time = deps.timeoutMs === undefined ? {} : { timeoutMs: deps.timeoutMs };

  async function pageText(path: string, query: HttpQuery, span: Span | undefined, { signal }: CallOptions): Promise<UnreadPage> {
    const window = span && { 'X-Plex-Container-Start': span.offset, 'X-Plex-Container-Size': span.size };
    const reply = await deps.http.send({ method: 'GET', path, signal, query: { ...query, ...window }, headers, ...time });
    const containerOf = (answer: unknown) => readable(plexPage, answer, `${deps.name}: ${path}`).MediaContainer;
    const told = reply.headers['x-plex-container-total-size'];
    /** Where nobody counts, a full page says that there may be another. */
    const counted = (count: number): number => (span?.offset ?? 0) + count + (span !== undefined && count >= span.size ? 1 : 0);
    const totalOf = (container: ReturnType<typeof containerOf>, count: number): number =>
      numberOf(container.totalSize) ?? (told !== undefined && /^\d+$/.test(told) ? Number(told) : counted(count));
    const read = (): RawPage => {
      const container = containerOf(reply.json());
      const items = container.Metadata ?? [];
      return {
        items,
        total: totalOf(container, items.length),
        sectionId: container.librarySectionID === undefined ? undefined : String(container.librarySectionID),
      };
    };
    return {
      digest: reply.digest,
      read,
      map(each) {
        const listed = mapLongList(reply.text, 'Metadata', each);
        const rest = listed && containerOf(listed.rest);
        // Elsewhere than in its place the list is not the page's.
        if (listed && rest?.Metadata?.length === 0) return { items: listed.items, total: totalOf(rest, listed.items.length) };
        const { items, total } = read();
        return { items: items.map(each), total };
      },
    };
  }

  return {
    name: deps.name,
    pageText,
    page: async (path, query, span, options) => (await pageText(path, query, span, options)).read(),
    async get(path, shape, { signal }, query) {
      const answer = await deps.http.getJson(path, { signal, headers, ...time, ...(query && { query }) });
      return readable(shape, answer, `${deps.name}: ${path}`);
    },
    picture: (path, { signal }, query) =>
      deps.http.send({
        method: 'GET',
        path,
        signal,
        headers: { ...headers, accept: 'image/*' },
        maxBytes: MOST_IMAGE_BYTES,
        ...(query && { query }),
        ...time,
      }),
    async tell({ headers: more, ...request }, { signal }) {
      await deps.http.send({ ...request, signal, headers: { ...headers, ...more }, ...time });
    },
  };
}
