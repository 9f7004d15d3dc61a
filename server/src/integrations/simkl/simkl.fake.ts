import type { FakeCall, FakeMood, FakeMoodOptions } from '#core/upstreams/media-server.fake.ts';
import { createMoodyHttp, type MoodyReply, type MoodyRequest } from '#core/upstreams/moody-http.fake.ts';
import { type Clock, systemClock } from '#kernel/instant.ts';
import { createFakeGrants, type FakeGrants } from './simkl-auth.fake.ts';
import { answerRead, type FakeWorld } from './simkl-reads.fake.ts';
import { createFakeLibrary, type FakeSimklTitle, type FakeUser, type SimklQuirks } from './simkl-world.fake.ts';
import { answerWrite } from './simkl-writes.fake.ts';

export const SIMKL_APP = { clientId: 'usherr-test-app', clientSecret: 'not much of a secret' } as const;

export type FakeSimkl = Awaited<ReturnType<typeof createSimklFake>>;

const LIMITS = { free: 500, pro: 1_000, vip: 10_000 } as const;
const refusal = (status: number, error: string, more: Partial<MoodyReply> = {}): MoodyReply => ({
  status,
  body: { error, code: status },
  ...more,
});

/** A Simkl that remembers, over real HTTP. */
export async function createSimklFake(options: Readonly<{ clock?: Clock; quirks?: Partial<SimklQuirks> }> = {}) {
  const clock = options.clock ?? systemClock;
  const quirks: SimklQuirks = {
    dialect: 'modern',
    deltaByWatchedAt: false,
    maxItems: Number.POSITIVE_INFINITY,
    strictPace: false,
    ...options.quirks,
  };
  const titles: FakeSimklTitle[] = [];
  const users = new Map<string, FakeUser>();
  const grants: FakeGrants = createFakeGrants(clock, SIMKL_APP);
  const recent: { post: boolean; at: number }[] = [];
  const bodies: { path: string; body: unknown }[] = [];
  let locked = 0;
  let retryAfterS = 3_600;

  function tooFast(post: boolean): boolean {
    const now = performance.now();
    while (recent[0] && recent[0].at <= now - 1_000) recent.shift();
    const same = recent.filter((one) => one.post === post).length;
    recent.push({ post, at: now });
    return quirks.strictPace && same >= (post ? 1 : 10);
  }

  function refuseApp({ query, headers }: MoodyRequest): MoodyReply | undefined {
    if (query.client_id !== SIMKL_APP.clientId) return refusal(412, 'client_id_failed');
    const isNamed = query['app-name'] && query['app-version'] && headers['user-agent'];
    return isNamed ? undefined : refusal(400, 'empty_field');
  }

  function refuseCall(user: FakeUser, isPost: boolean): MoodyReply | undefined {
    if (tooFast(isPost)) return isPost ? refusal(412, 'client_id_failed') : refusal(429, 'rate_limit');
    if (user.callsToday < user.callsPerDay) return undefined;
    return refusal(429, 'user_limit_exceeded', { headers: { 'retry-after': String(retryAfterS) } });
  }

  function write(world: FakeWorld, request: MoodyRequest, canWrite: boolean): MoodyReply | undefined {
    if (!canWrite) return refusal(403, 'insufficient_scope');
    if (locked > 0) {
      locked -= 1;
      return { status: 400, body: { error: 'rate_limit', code: 400, error_description: 'Another write of this user is under way.' } };
    }
    bodies.push({ path: request.path, body: request.body });
    return answerWrite(world, request);
  }

  function answer(user: FakeUser, request: MoodyRequest, canWrite: boolean): MoodyReply {
    const refused = refuseCall(user, request.method === 'POST');
    if (refused) return refused;
    user.callsToday += 1;
    const rest = {
      'x-ratelimit-limit': String(user.callsPerDay),
      'x-ratelimit-remaining': String(user.callsPerDay - user.callsToday),
    };
    const world = { titles, user, quirks, clock };
    const isWrite = request.method === 'POST' || request.text !== '';
    const reply = isWrite ? write(world, request, canWrite) : answerRead(world, request);
    return { headers: rest, ...(reply ?? refusal(404, 'url_failed')) };
  }

  function handler(request: MoodyRequest): MoodyReply {
    const granting = grants.answer(request) ?? refuseApp(request);
    if (granting) return granting;
    const { authorization } = request.headers;
    const holder = grants.holderOf(authorization);
    const user = users.get(holder?.user ?? '');
    if (holder && user) return answer(user, request, holder.canWrite);
    const error = authorization ? 'invalid_token' : 'user_token_required';
    return refusal(401, error, { headers: { 'www-authenticate': `Bearer realm="api.simkl.com", error="${error}"` } });
  }

  const http = await createMoodyHttp({
    handler,
    unauthorizedReply: () => refusal(401, 'invalid_token'),
    emptyPageReply: () => ({ body: {} }),
    isLaterPage: ({ path }) => /all-items\/(anime|movies)/.test(path),
    isChange: ({ method, path }) => method === 'POST' && path.startsWith('/sync/'),
    clock,
  });

  return {
    baseUrl: http.baseUrl,
    quirks,
    grants,
    /** Bodies of writes that arrived, in their order. */
    bodies,
    get calls(): readonly FakeCall[] {
      return http.calls;
    },
    forgetCalls: http.forgetCalls,
    setMood: (mood: FakeMood, how?: FakeMoodOptions): void => http.setMood(mood, how),
    addTitle(title: FakeSimklTitle): FakeSimklTitle {
      titles.push(title);
      return title;
    },
    addUser(name: string, plan: FakeUser['plan'] = 'free'): FakeUser {
      const user: FakeUser = {
        id: 1_000 + users.size,
        name,
        plan,
        library: createFakeLibrary(clock),
        callsToday: 0,
        callsPerDay: LIMITS[plan],
      };
      users.set(name, user);
      return user;
    },
    /** The next so many writes meet another one of the same person. */
    lockWrites(times: number): void {
      locked = times;
    },
    /** The day's calls are used up, and come back after so long. */
    useUpTheDay(user: FakeUser, seconds: number): void {
      user.callsToday = user.callsPerDay;
      retryAfterS = seconds;
    },
    newDay(): void {
      for (const user of users.values()) user.callsToday = 0;
    },
    close: http.close,
  };
}
