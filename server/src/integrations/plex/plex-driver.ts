import { NO_OWN_IDS, type OwnIds } from '#core/media/index.ts';
import type { MediaServerDriver, UpstreamConnection } from '#core/upstreams/index.ts';
import type { Clock } from '#kernel/instant.ts';
import { createHttpClient, type HttpClient, type HttpClientOptions } from '#platform/http-client/index.ts';
import { createPlexCalls, type PlexCalls } from './plex-calls.ts';
import { createPlexServer } from './plex-server.ts';
import { createPlexTv, ownerTokenOf, type PlexTv } from './plex-tv.ts';
import { createPlexWatchlist } from './plex-watchlist.ts';
import { plexWebhook, plexWebhookSteps } from './plex-webhook.ts';

export type PlexDriver = MediaServerDriver &
  Required<Pick<MediaServerDriver, 'tokenForUser' | 'discover' | 'listHouseholdUsers' | 'signInInBrowser' | 'deviceSignIn'>> &
  Pick<PlexTv, 'generatePin' | 'checkPin'> &
  Readonly<{ close(): Promise<void> }>;

export type PlexDriverDeps = Readonly<{
  clock: Clock;
  /** One per installation, and the same for as long as its tokens are to work. */
  clientIdentifier: string;
  product?: string;
  plexTvUrl?: string;
  /** Where plex.tv keeps watchlists. */
  discoverUrl?: string;
  /** What the household says about ids of its own, now. */
  ownIds?: () => OwnIds;
  /** Makes the clients of servers, so that their calls can be counted. */
  httpFor?: (options: HttpClientOptions) => HttpClient;
}>;

/** Plex Media Servers and plex.tv. All accounts of a server share one client, and so its bound on calls at once. */
export function createPlexDriver({
  clock,
  clientIdentifier,
  product = 'Usherr',
  plexTvUrl = 'https://plex.tv',
  discoverUrl = 'https://discover.provider.plex.tv',
  ownIds = () => NO_OWN_IDS,
  httpFor = createHttpClient,
}: PlexDriverDeps): PlexDriver {
  const client = { clientIdentifier, product };
  const clients = new Map<string, HttpClient>();
  const tvHttp = httpFor({ baseUrl: plexTvUrl, name: 'plex.tv', timeoutMs: 30_000 });
  const discoverHttp = httpFor({ baseUrl: discoverUrl, name: 'plex.tv', timeoutMs: 30_000, concurrency: 2 });
  const { ownToken, ...tv } = createPlexTv({ http: tvHttp, client });

  function clientOf({ url, verifyHost = true }: UpstreamConnection): HttpClient {
    const key = `${verifyHost} ${url}`;
    const known = clients.get(key) ?? httpFor({ baseUrl: url, name: nameOf(url), verifyHost });
    clients.set(key, known);
    return known;
  }

  const callsOf = (connection: UpstreamConnection, token: string): PlexCalls =>
    createPlexCalls({ http: clientOf(connection), token, client, name: nameOf(connection.url), timeoutMs: connection.timeoutMs });

  return {
    type: 'plex',
    title: 'Plex',
    webhook: plexWebhook,
    webhookSteps: plexWebhookSteps,
    webUrl: ({ url, serverUuid, upstreamId }) =>
      `${url.replace(/\/+$/, '')}/web/index.html#!/server/${serverUuid}/details?key=${encodeURIComponent(`/library/metadata/${upstreamId}`)}`,
    connect: (connection) =>
      createPlexServer({
        connection,
        clock,
        ownIds,
        calls: callsOf(connection, connection.token),
        ownerCalls: callsOf(connection, ownerTokenOf(connection)),
        watchlist: createPlexWatchlist({
          connection,
          clock,
          ownIds,
          ownToken,
          callsWith: (token) => createPlexCalls({ http: discoverHttp, token, client, name: 'plex.tv' }),
        }),
      }),
    ...tv,
    async close() {
      await Promise.all([tvHttp, discoverHttp, ...clients.values()].map((http) => http.close()));
    },
  };
}

/** For messages: the host alone, without the credentials that an address may hold. */
const nameOf = (url: string): string => (URL.canParse(url) ? `Plex at ${new URL(url).host}` : 'Plex');
