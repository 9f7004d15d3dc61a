import type { DeskConnection, RequestDeskDriver } from '#core/upstreams/index.ts';
import type { Clock } from '#kernel/instant.ts';
import { createHttpClient, type HttpClient, type HttpClientOptions } from '#platform/http-client/index.ts';
import { createSeerrCalls } from './seerr-calls.ts';
import { createSeerrDesk } from './seerr-desk.ts';
import { requestOfSeerrWebhook, titleOfSeerrWebhook } from './seerr-hook.ts';

export type SeerrDriver = RequestDeskDriver & Readonly<{ close(): Promise<void> }>;

export type SeerrDriverDeps = Readonly<{
  clock: Clock;
  /** Makes the clients of desks, so that their calls can be counted. */
  httpFor?: (options: HttpClientOptions) => HttpClient;
  /** How many requests one call lists. Default 10,000. */
  requestsAtOnce?: number;
}>;

/** Seerr, and its elders Jellyseerr and Overseerr. Whoever connects to one desk by one name and key shares its bound on calls at once. */
export function createSeerrDriver({ clock, httpFor = createHttpClient, requestsAtOnce }: SeerrDriverDeps): SeerrDriver {
  const clients = new Map<string, HttpClient>();

  function clientOf({ name, url, apiKey, verifyHost = true }: DeskConnection): HttpClient {
    const place = JSON.stringify([name, url, apiKey, verifyHost]);
    const known = clients.get(place) ?? httpFor({ baseUrl: url, name, verifyHost, secrets: [apiKey] });
    clients.set(place, known);
    return known;
  }

  return {
    vendor: 'seerr',
    connect(connection) {
      const { name, apiKey, timeoutMs } = connection;
      return createSeerrDesk({ clock, requestsAtOnce, calls: createSeerrCalls({ http: clientOf(connection), name, apiKey, timeoutMs }) });
    },
    requestOfWebhook: requestOfSeerrWebhook,
    titleOfWebhook: titleOfSeerrWebhook,
    async close() {
      await Promise.all([...clients.values()].map((http) => http.close()));
    },
  };
}
