import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRecord } from '#kernel/json.ts';
import { API_KEY, type Household, startHousehold } from '#tests/support/household.ts';
import { fc } from '#tests/support/properties.ts';
import { letAppIn } from '#tests/support/simkl-apps.ts';
import { SURFACE_CLAIMS } from '../../src/surface-claims.ts';
import { type AnyRequest, anyRequest, type Operation, type Route, routesOf } from './any-request.ts';
import { runTask } from './standing.ts';

const SEED = Number(process.env.USHERR_FAULT_FIRST_SEED ?? 20_240_601);
const RUNS_WITH_KEY = 30;
const RUNS_WITHOUT = 3;

/** Taking our own key away would make all that comes later 401, and prove nothing; streams never end, and their own tests ask them. */
const SKIPPED: ReadonlySet<string> = new Set(['DELETE /api/v1/keys/:id', 'GET /api/v1/stream', 'GET /api/v1/logs/stream']);
/** These answer in their own shapes: probes, figures, documents and pages. */
const OWN_SHAPE = /^\/(?:livez|readyz|metrics|api\/docs|api\/openapi)/;
const WITH_BODY = new Set(['POST', 'PUT', 'PATCH']);

type Answer = Readonly<{ status: number; body: unknown; id: string; text: string }>;

const isSimkl = ({ path }: Route): boolean => SURFACE_CLAIMS.simkl.some((claim) => path === claim || path.startsWith(`${claim}/`));

describe('whatever is sent', () => {
  let home: Household;
  let routes: readonly Route[];
  let known: readonly string[];
  let app: Readonly<Record<string, string>>;
  const operations = new Map<string, Operation>();

  beforeAll(async () => {
    home = await startHousehold({ house: { patienceMs: 1_000, callDeadlineMs: 1_000 } });
    for (const kind of ['plex', 'jellyfin', 'emby'] as const) {
      const fake = home.fake(kind);
      const movies = fake.addLibrary({ name: 'Movies', kind: 'movies' });
      for (const n of [1, 2, 3]) fake.addTitle(movies, { kind: 'movie', title: `Film ${n}`, year: 2000, ids: { imdb: `tt000000${n}` } });
      await home.addBackend(kind);
    }
    await runTask(home, 'runImport');
    // The last of many, so that no small number that is sent means this one.
    for (let n = 0; n < 9; n += 1) app = (await letAppIn(home.rooms.appGrants, { clientId: `app-${n}` })).headers;
    const people = await home.rooms.people.list();
    known = [
      'plex',
      'jellyfin',
      'emby',
      '1',
      '2',
      '3',
      'import',
      'Film',
      'http://127.0.0.1:9/',
      home.fake('plex').uuid,
      ...people.map((person) => person.name),
    ];
    // What is deleted is asked for last, or there would be nothing left to ask for.
    routes = [...routesOf(home.house.server.printRoutes({ commonPrefix: false }))].sort(
      (one, other) => Number(one.method === 'DELETE') - Number(other.method === 'DELETE'),
    );
    for (const [path, methods] of Object.entries(home.house.server.swagger().paths ?? {})) {
      for (const [method, operation] of Object.entries(methods ?? {}))
        operations.set(`${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`, operation as Operation);
    }
  });
  afterAll(() => home.close());

  const walked = (): readonly Route[] => routes.filter(({ method, path }) => !SKIPPED.has(`${method} ${path}`));

  async function send(
    { method }: Route,
    { url, headers, payload }: AnyRequest,
    credentials: Readonly<Record<string, string>>,
  ): Promise<Answer> {
    const reply = await home.house.server.inject({
      method: method as 'GET',
      url,
      headers: { ...headers, ...credentials },
      ...(payload !== undefined && { payload }),
    });
    const json = String(reply.headers['content-type']).includes('json') && reply.body !== '';
    return {
      status: reply.statusCode,
      body: json ? (JSON.parse(reply.body) as unknown) : undefined,
      id: String(reply.headers['x-request-id']),
      text: reply.body.slice(0, 500),
    };
  }

  /** A 5xx is allowed where another server was at fault, which the log says of that very request. */
  function isUpstreams({ id, status }: Answer): boolean {
    const lines = home.logLines.filter((line) => line.includes(id));
    return status !== 501 && lines.some((line) => /"code":"upstream-/.test(line));
  }

  function expectWellAnswered(route: Route, request: AnyRequest, answer: Answer): void {
    const what = `${route.method} ${JSON.stringify(request)} → ${answer.status} ${answer.text}`;
    if (answer.status >= 500) expect(isUpstreams(answer), what).toBe(true);
    if (answer.status < 400 || OWN_SHAPE.test(route.path) || request.url.includes('/api/docs')) return;
    if (isSimkl(route)) {
      expectWord(route, answer, what);
      return;
    }
    if (route.path.startsWith('/api/seerr-sync')) {
      expectDetail(answer, what);
      return;
    }
    const error = isRecord(answer.body) ? answer.body.error : undefined;
    expect(error, what).toMatchObject({ code: expect.anything(), message: expect.stringMatching(/\S/) });
    if (answer.status !== 400 || !isRecord(error)) return;
    expect(error.fields, what).toEqual(
      expect.arrayContaining([expect.objectContaining({ field: expect.stringMatching(/\S/), message: expect.stringMatching(/\S/) })]),
    );
  }

  /** The shape of that page: one sentence, which names the field, or the Seerr that was to be tried. */
  function expectDetail({ status, body }: Answer, what: string): void {
    const detail = status === 400 ? /^\??(?:fingerprint|url|api_key|body|querystring|header content-type|Seerr)\b/ : /\S/;
    expect(body, what).toEqual({ detail: expect.stringMatching(detail) });
  }

  /** The shapes of Simkl: a word that apps know, and a sentence, which names the field. */
  function expectWord({ path }: Route, { status, body }: Answer, what: string): void {
    const error = isRecord(body) ? String(body.error) : '';
    const isAboutField = /^(?:wrong_parameter|empty_field|invalid_request)$/.test(error) && status === 400;
    const sentence = expect.stringMatching(isAboutField ? /^\??(?:header )?[\w.[\]-]+: \S/ : /\S/);
    const isSecond = /^\/(?:oauth2|\.well-known)(?:\/|$)/.test(path);
    expect(error, what).toMatch(/^\w+$/);
    expect(body, what).toEqual(isSecond ? { error, error_description: sentence } : { error, code: status, message: sentence });
  }

  it('is walked on every route of the house', () => {
    expect(routes.length).toBeGreaterThan(60);
    expect(routes).toContainEqual({ method: 'GET', path: '/v1/api/history/:id' });
    expect(routes).toContainEqual({ method: 'POST', path: '/v1/api/webhook' });
    expect(operations.size).toBeGreaterThan(40);
    for (const skipped of SKIPPED) expect(routes.map(({ method, path }) => `${method} ${path}`)).toContain(skipped);
  });

  it.each([
    ['is no JSON', '{"name": "a'],
    ['is nested deeper than any stack bears', `{"name":${'['.repeat(20_000)}${']'.repeat(20_000)}}`],
  ])('a body that %s is a 400 that names the body, on every route that takes one', async (_what, payload) => {
    for (const route of walked().filter(({ method }) => WITH_BODY.has(method))) {
      const request: AnyRequest = {
        url: route.path.replaceAll(/:(\w+)/g, '1'),
        headers: { 'content-type': 'application/json' },
        payload,
      };
      const answer = await send(route, request, isSimkl(route) ? app : { 'x-apikey': API_KEY });
      expectWellAnswered(route, request, answer);
      expect(answer.status, `${route.method} ${request.url} → ${answer.text}`).toBeGreaterThanOrEqual(400);
      expect(answer.status, `${route.method} ${request.url} → ${answer.text}`).toBeLessThan(500);
    }
  });

  it('without credentials nothing breaks, and nothing is told but by the open routes', { timeout: 60_000 }, async () => {
    const open = new Set<string>();
    for (const route of walked()) {
      await fc.assert(
        fc.asyncProperty(anyRequest(route, operations.get(`${route.method} ${route.path}`), known), async (request) => {
          const answer = await send(route, request, {});
          expectWellAnswered(route, request, answer);
          if (answer.status < 300) open.add(`${route.method} ${route.path}`);
        }),
        { numRuns: RUNS_WITHOUT, seed: SEED },
      );
    }
    expect(
      [...open].filter(
        (route) =>
          !/(healthcheck|backends\/plex\/|auth\/|api\/v1\/s(etup|ession)|api\/docs|api\/openapi|livez|readyz|metrics|GET \/app|^OPTIONS |\/oauth2?\/|well-known| \/pin| \/$)/.test(
            route,
          ),
      ),
    ).toEqual([]);
  });

  it('with the owner’s key no request breaks the house, and every 400 names its field', { timeout: 120_000 }, async () => {
    for (const route of walked()) {
      await fc.assert(
        fc.asyncProperty(anyRequest(route, operations.get(`${route.method} ${route.path}`), known), async (request) => {
          expectWellAnswered(route, request, await send(route, request, isSimkl(route) ? app : { 'x-apikey': API_KEY }));
        }),
        { numRuns: RUNS_WITH_KEY, seed: SEED },
      );
    }
    const alive = await home.get('/v1/api/system/healthcheck');
    expect(alive.status).toBe(200);
  });
});
