import type { RemoteTrackerDriver } from '#core/upstreams/index.ts';
import { type Clock, minutes } from '#kernel/instant.ts';
import { createHttpClient, type HttpClient } from '#platform/http-client/index.ts';
import { createSimklAuth } from './simkl-auth.ts';
import { createSimklCalls, createTurns, SIMKL_PACE, type SimklPace } from './simkl-calls.ts';
import { createSimklTracker } from './simkl-tracker.ts';

const API_URL = 'https://api.simkl.com';
const SITE_URL = 'https://simkl.com';
const APP_NAME = 'usherr';
/** Simkl takes up to a hundred, and is asked to lock a library for less time. */
const BATCH = 50;
const CALL_DEADLINE = minutes(2);

export type SimklDriverDeps = Readonly<{
  clock: Clock;
  /** Of this program: Simkl wants to know who calls. */
  version: string;
  apiUrl?: string;
  siteUrl?: string;
  pace?: SimklPace;
  /** Of one call of the library, in milliseconds. Default two minutes: whole libraries take their time. */
  deadlineMs?: number;
}>;

export type SimklDriver = RemoteTrackerDriver & Readonly<{ close(): Promise<void> }>;

/** Simkl, as an app of its second generation. All persons share one queue of calls. */
export function createSimklDriver({
  clock,
  version,
  apiUrl = API_URL,
  siteUrl = SITE_URL,
  pace = SIMKL_PACE,
  deadlineMs = CALL_DEADLINE,
}: SimklDriverDeps): SimklDriver {
  const turns = createTurns();
  const identity = { 'app-name': APP_NAME, 'app-version': version };
  const opened = new Map<string, HttpClient>();

  function open(of: string, secrets: readonly string[]): HttpClient {
    const http = createHttpClient({
      baseUrl: apiUrl,
      name: 'Simkl',
      headers: { 'user-agent': `${APP_NAME}/${version}` },
      concurrency: 1,
      secrets,
    });
    opened.set(of, http);
    return http;
  }

  const ways = createSimklAuth({ http: open('', []), clock, siteUrl, identity });

  return {
    vendor: 'simkl',
    batchSize: BATCH,
    startDevice: ways.startDevice,
    pollDevice: ways.pollDevice,
    authorizeUrl: ways.authorizeUrl,
    redeem: ways.redeem,
    revoke: ways.revoke,
    connect(connection) {
      const { app, grant } = connection;
      const http = open(connection.name, [grant.accessToken, grant.refreshToken ?? '', app.clientSecret ?? '']);
      const own = createSimklAuth({ http, clock, siteUrl, identity });
      return createSimklTracker(
        createSimklCalls({
          http,
          clock,
          pace,
          deadlineMs,
          turns,
          connection,
          identity: { client_id: app.clientId, ...identity },
          renew: (held, options) => own.renew(app, held, options),
        }),
      );
    },
    async close() {
      await Promise.all([...opened.values()].map((http) => http.close()));
    },
  };
}
