import type { FakeCall, FakeMood, FakeMoodOptions } from '#core/upstreams/media-server.fake.ts';
import { createMoodyHttp, type MoodyHttp, type MoodyReply, type MoodyRequest } from '#core/upstreams/moody-http.fake.ts';
import { type Clock, systemClock } from '#kernel/instant.ts';
import { isRecord } from '#kernel/json.ts';
import { createFakeAdmin, type FakeSeerrAdmin } from './seerr-admin.fake.ts';
import { createAgent, type FakeAgent } from './seerr-agent.fake.ts';
import { createAsking } from './seerr-asking.fake.ts';
import { createChanges } from './seerr-changes.fake.ts';
import { FORBIDDEN, noCredentials, spanOf } from './seerr-checks.fake.ts';
import { createCsrf } from './seerr-csrf.fake.ts';
import { createSeerrReplies } from './seerr-replies.fake.ts';
import { createRoutes, mayUse, type Route, routeOf } from './seerr-routes.fake.ts';
import { createSeerrWorld, type FakeUser, PERMISSION } from './seerr-world.fake.ts';

export type { FakeMediaStatus, FakeRequestStatus, FakeSeerrRequest, NewFakeRequest } from './seerr-admin.fake.ts';
export { PERMISSION } from './seerr-world.fake.ts';

export type FakeSeerrRelease = 'seerr' | 'jellyseerr' | 'overseerr';

export type FakeSeerrOptions = Readonly<{
  clock?: Clock;
  port?: number;
  apiKey?: string;
  /** Jellyseerr moves `updatedAt` and knows no completed requests; Overseerr besides knows no Jellyfin and no `sortDirection`. */
  release?: FakeSeerrRelease;
  /** Specials may be asked for. */
  specials?: boolean;
}>;

/** A change that was asked of the desk, whatever became of it. */
export type FakeChange = Readonly<{ method: string; path: string; asUser?: string; body: unknown; status: number }>;

/** A stateful Seerr. Its owner is user 1, an administrator, as whom the key acts. */
export type FakeSeerr = FakeSeerrAdmin &
  Readonly<{
    baseUrl: string;
    ownerId: number;
    apiKey(): string;
    rotateKey(): string;
    /** Every call takes so long: a POST between its checks and its writing, as where TMDB is asked. */
    setDelay(ms: number): void;
    setCsrf(on: boolean): void;
    /** Radarr and Sonarr do not answer: what is approved fails. */
    setArrDown(down: boolean): void;
    /** Acts once, right after the first call that fits was carried out and before it is answered. */
    onceAfter(fits: (request: MoodyRequest) => boolean, act: () => void): void;
    /** The one webhook agent, as its settings page shows and sets it. */
    agent: FakeAgent;
    /** What it wrote into its log of webhooks. */
    log: readonly string[];
    webhookReplies: readonly number[];
    /** Every event that was sent by now has been answered, or lost. */
    webhooksSettled(): Promise<void>;
    /** It has been told to act as a user whose id is no number: the process is gone. */
    crashed(): boolean;
    calls: readonly FakeCall[];
    changes: readonly FakeChange[];
    /** Both lists. */
    forgetCalls(): void;
    setMood(mood: FakeMood, options?: FakeMoodOptions): void;
    close(): Promise<void>;
  }>;

const BASE = '/api/v1';
const VERSIONS: Readonly<Record<FakeSeerrRelease, string>> = { seerr: '3.0.1', jellyseerr: '2.1.0', overseerr: '1.34.0' };
const LISTS = new Set([`${BASE}/request`, `${BASE}/user`]);
const PAGE_OF_ITS_OWN: MoodyReply = { status: 404, type: 'text/html; charset=utf-8', body: '<!DOCTYPE html><html><body>404</body></html>' };

export async function createSeerrFake(options: FakeSeerrOptions = {}): Promise<FakeSeerr> {
  const { clock = systemClock, release = 'seerr' } = options;
  const version = VERSIONS[release];
  const world = createSeerrWorld({ clock, movesUpdatedAt: release !== 'seerr' });
  const owner = world.addUser({ name: 'admin', permissions: PERMISSION.ADMIN });
  const agent = createAgent({ world, http: (): MoodyHttp => http });
  const { events } = agent;
  let apiKey = options.apiKey ?? 'key-of-the-fake-seerr';
  let delayMs = 0;
  let arrDown = false;
  let crashed = false;
  let keys = 0;
  const arrIsDown = (): boolean => arrDown;
  const csrf = createCsrf();
  const hooks = new Set<Readonly<{ fits: (request: MoodyRequest) => boolean; act: () => void }>>();
  const told: FakeChange[] = [];
  const pause = (): Promise<void> => (delayMs === 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, delayMs)));

  const asking = createAsking({ world, events, specials: options.specials ?? false, arrIsDown });
  const changes = createChanges({ world, events, completes: release === 'seerr', handOn: asking.handOn });
  const replies = createSeerrReplies({ world, version, jellyfin: release !== 'overseerr', arrIsDown });
  const routes = createRoutes({ world, replies, asking, changes, agent, pause, modern: release !== 'overseerr' });

  /** Whom a call acts as. */
  function callerOf(request: MoodyRequest): FakeUser | 'forbidden' | 'crash' {
    if (request.headers['x-api-key'] !== apiKey) return 'forbidden';
    const asUser = request.headers['x-api-user'];
    if (asUser === undefined) return owner;
    if (Number.isNaN(Number(asUser))) return 'crash';
    return world.users.get(Number(asUser)) ?? 'forbidden';
  }

  function crash(): Promise<never> {
    crashed = true;
    void http.close();
    return new Promise(() => undefined);
  }

  function answer(request: MoodyRequest): MoodyReply | Promise<MoodyReply> {
    const refusal = csrf.refusal(request);
    if (refusal) return refusal;
    const path = request.path.slice(BASE.length);
    if (path === '/status' && request.method === 'GET') return { body: replies.status() };
    if (request.headers['x-api-key'] === undefined) return noCredentials(request.path);
    const route = routeOf(routes, request, path);
    return 'answer' in route ? answerRoute(route, request, path) : route;
  }

  function answerRoute(route: Route, request: MoodyRequest, path: string): MoodyReply | Promise<MoodyReply> {
    const caller = callerOf(request);
    if (caller === 'crash') return crash();
    if (caller === 'forbidden') return FORBIDDEN;
    const parts = route.path.exec(path)?.slice(1) ?? [];
    const body = isRecord(request.body) ? request.body : {};
    return mayUse(route, caller) ?? route.answer({ request, caller, parts, query: request.query, body });
  }

  async function handle(request: MoodyRequest): Promise<MoodyReply> {
    if (!request.path.startsWith(`${BASE}/`)) return PAGE_OF_ITS_OWN;
    const isAsk = request.method === 'POST' && request.path === `${BASE}/request`;
    if (!isAsk) await pause();
    const reply = csrf.stamped(request, await answer(request));
    if (request.method !== 'GET') note(request, reply);
    for (const hook of [...hooks]) {
      if (!hook.fits(request)) continue;
      hooks.delete(hook);
      hook.act();
    }
    return reply;
  }

  function note(request: MoodyRequest, reply: MoodyReply): void {
    const asUser = request.headers['x-api-user'];
    const { method, path, body } = request;
    told.push({ method, path, body, status: reply.status ?? 200, ...(typeof asUser === 'string' && { asUser }) });
  }

  const http = await createMoodyHttp({
    clock,
    ...(options.port !== undefined && { port: options.port }),
    handler: handle,
    unauthorizedReply: () => FORBIDDEN,
    isLaterPage: ({ path, query }) => LISTS.has(path) && Number(query.skip ?? 0) > 0,
    emptyPageReply({ path, query }) {
      const total = path.endsWith('/user') ? world.users.size : world.listed().length;
      const span = spanOf(query, total);
      return 'refused' in span ? span.refused : replies.emptyPage(span.skip, span.take, total);
    },
    isChange: ({ method }) => method !== 'GET',
  });

  return {
    ...createFakeAdmin({ world, asking, changes, events, ownerId: owner.id }),
    baseUrl: http.baseUrl,
    ownerId: owner.id,
    apiKey: () => apiKey,
    rotateKey() {
      keys += 1;
      apiKey = `key-${keys}-of-the-fake-seerr`;
      return apiKey;
    },
    setDelay: (ms) => {
      delayMs = ms;
    },
    setCsrf: csrf.protect,
    setArrDown: (down) => {
      arrDown = down;
    },
    onceAfter: (fits, act) => void hooks.add({ fits, act }),
    agent: agent.agent,
    log: agent.log,
    webhookReplies: http.webhookReplies,
    webhooksSettled: agent.settled,
    crashed: () => crashed,
    calls: http.calls,
    changes: told,
    forgetCalls() {
      http.forgetCalls();
      told.length = 0;
    },
    setMood: http.setMood,
    close: http.close,
  };
}
