import type { CallOptions } from '#core/upstreams/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { HttpClient, HttpQuery, HttpReply } from '#platform/http-client/index.ts';
import { numberOf } from './plex.map.ts';
import { plexPage } from './plex.wire.ts';

/** What makes an answer readable: a compiled check of one wire shape. */
export type Readable<T> = Readonly<{ Check(value: unknown): value is T }>;

export type PlexClientName = Readonly<{ clientIdentifier: string; product: string }>;

export type RawPage = Readonly<{ items: readonly unknown[]; total: number; sectionId: string | undefined }>;

export type UnreadPage = Readonly<{ text: string; read(): RawPage }>;
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
  /** The page as it came; `read` makes items of it. */
  pageText(path: string, query: HttpQuery, span: Span | undefined, options: CallOptions): Promise<UnreadPage>;
  /** A file of the server, as it came. */
  file(path: string, options: CallOptions): Promise<HttpReply>;
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
    return {
      text: reply.text,
      read() {
        const { MediaContainer: container } = readable(plexPage, reply.json(), `${deps.name}: ${path}`);
        const items = container.Metadata ?? [];
        return {
          items,
          total: numberOf(container.totalSize) ?? (span?.offset ?? 0) + items.length,
          sectionId: container.librarySectionID === undefined ? undefined : String(container.librarySectionID),
        };
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
    file: (path, { signal }) => deps.http.send({ method: 'GET', path, signal, headers: { ...headers, accept: 'image/*' }, ...time }),
    async tell({ headers: more, ...request }, { signal }) {
      await deps.http.send({ ...request, signal, headers: { ...headers, ...more }, ...time });
    },
  };
}
