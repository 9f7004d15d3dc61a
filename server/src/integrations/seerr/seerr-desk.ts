import type { AskOutcome, CallOptions, DeskRequest, DeskUserOptions, NewDeskRequest, RequestDesk } from '#core/upstreams/index.ts';
import { AppError, invalid, isAppError } from '#kernel/app-error.ts';
import type { Clock } from '#kernel/instant.ts';
import { isRecord } from '#kernel/json.ts';
import { faultOfRequest, toRequest, toUser } from './seerr.map.ts';
import { seerrDetails, seerrPage, seerrSaid, seerrStatus, seerrUser } from './seerr.wire.ts';
import { ME, type SeerrCalls, STATUS } from './seerr-calls.ts';
import { setSeerrWebhook } from './seerr-hook.ts';
import { walkAll } from './seerr-walk.ts';

/** A desk answers ten thousand in a second, and fails beyond 32,766. */
const REQUESTS_AT_ONCE = 10_000;
const USERS_AT_ONCE = 1_000;
const OVERLAP = 100;

export type SeerrDeskDeps = Readonly<{ calls: SeerrCalls; clock: Clock; requestsAtOnce?: number | undefined }>;

/** One Seerr, as its key's own user. */
export function createSeerrDesk({ calls, clock, requestsAtOnce = REQUESTS_AT_ONCE }: SeerrDeskDeps): RequestDesk {
  // Overseerr knows no direction, and refuses what it does not know.
  let direction: Readonly<{ sortDirection?: 'asc' }> = { sortDirection: 'asc' };

  function requestOf(raw: unknown, path: string): DeskRequest {
    const request = toRequest(raw);
    if (request) return request;
    throw new AppError('upstream-unreadable', `${calls.name}: ${path} answered what we cannot read: ${faultOfRequest(raw)}.`);
  }

  async function readPage(skip: number, take: number, options: CallOptions) {
    const query = { take, ...(skip > 0 && { skip }), sort: 'added', ...direction };
    const { pageInfo, results } = await calls.get('/request', seerrPage, options, query);
    return { rows: results.map((raw) => requestOf(raw, '/request')), total: pageInfo.results };
  }

  async function readUsers(skip: number, take: number, options: CallOptions) {
    const query = { take, ...(skip > 0 && { skip }), sort: 'created' };
    const { pageInfo, results } = await calls.get('/user', seerrPage, options, query);
    return { rows: results.map((raw) => toUser(calls.readable(seerrUser, raw, '/user'))), total: pageInfo.results };
  }

  const requests = { name: calls.name, what: 'requests', take: requestsAtOnce, overlap: OVERLAP, read: readPage };
  const users = { name: calls.name, what: 'users', take: USERS_AT_ONCE, overlap: OVERLAP, read: readUsers };

  async function walkRequests(options: CallOptions): Promise<readonly DeskRequest[]> {
    const asked = direction;
    try {
      return await walkAll(requests, options);
    } catch (error) {
      const unknown = isAppError(error) && error.details.status === 400 && /sortDirection/.test(String(error.details.said));
      if (!unknown || asked.sortDirection === undefined) throw error;
      direction = {};
      return walkAll(requests, options);
    }
  }

  async function changed(
    change: Readonly<{ method: 'POST' | 'PUT'; path: string; body?: Readonly<Record<string, unknown>> }>,
    options: DeskUserOptions,
  ): Promise<DeskRequest> {
    return requestOf((await calls.change(change, options)).json(), change.path);
  }

  return {
    async version(options) {
      const raw: Readonly<{ version: string }> = await calls.get(STATUS, seerrStatus, options);
      return { version: raw.version, raw };
    },
    async identify(options) {
      const user = await calls.get(ME, seerrUser, options);
      const { version } = await calls.get(STATUS, seerrStatus, options);
      return { version, user: toUser(user) };
    },
    async listRequests(options) {
      const askedAt = clock.now();
      const walked = await walkRequests(options);
      const all = direction.sortDirection ? walked : walked.toSorted((one, other) => one.id - other.id);
      return { requests: all, total: all.length, askedAt };
    },
    async readRequest(id, options) {
      const path = `/request/${numberOf(id)}`;
      try {
        return requestOf(await calls.get(path, anything, options), path);
      } catch (error) {
        if (isAppError(error, 'upstream-not-found')) return undefined;
        throw error;
      }
    },
    async requestsFor({ kind, tmdbId }, options) {
      const path = `/${kind}/${numberOf(tmdbId)}`;
      const { mediaInfo } = await calls.get(path, seerrDetails, options);
      return (mediaInfo?.requests ?? []).map((raw) => requestOf(inside(raw, { mediaType: kind, ...mediaInfo }), path));
    },
    listUsers: (options) => walkAll(users, options),
    ask: (request, options) => ask(calls, request, options, requestOf),
    approve: (id, options) => changed({ method: 'POST', path: `/request/${numberOf(id)}/approve` }, options),
    decline: (id, options) => changed({ method: 'POST', path: `/request/${numberOf(id)}/decline` }, options),
    async editSeasons(id, seasons, options) {
      refuseNoSeasons(seasons);
      return changed({ method: 'PUT', path: `/request/${numberOf(id)}`, body: { mediaType: 'tv', seasons } }, options);
    },
    async remove(id, options) {
      try {
        const path = `/request/${numberOf(id)}`;
        // A proxy's page that says 200 deleted nothing.
        calls.readable(nothing, (await calls.change({ method: 'DELETE', path }, options)).text, path);
        return true;
      } catch (error) {
        if (isAppError(error, 'upstream-not-found')) return false;
        throw error;
      }
    },
    setWebhook: (hook, options) => setSeerrWebhook(calls, hook, options),
  };
}

/** A request that is told with its title may leave the title out. */
const inside = (raw: unknown, media: Readonly<Record<string, unknown>>): unknown =>
  isRecord(raw) && !isRecord(raw.media) ? { ...raw, media } : raw;

const nothing = { Check: (value: unknown): value is '' => value === '' };
const anything = { Check: (value: unknown): value is unknown => value !== undefined };

function numberOf(id: number): number {
  if (Number.isSafeInteger(id) && id > 0) return id;
  throw invalid('id', 'must be the number of a request or a title');
}

function refuseNoSeasons(seasons: readonly number[]): void {
  if (seasons.length === 0) throw invalid('seasons', 'must name at least one season of a series');
}

async function ask(
  calls: SeerrCalls,
  { kind, tmdbId, tvdbId, is4k, seasons }: NewDeskRequest,
  options: DeskUserOptions,
  requestOf: (raw: unknown, path: string) => DeskRequest,
): Promise<AskOutcome> {
  if (kind === 'tv') refuseNoSeasons(seasons);
  const series = kind === 'tv' && { seasons, ...(tvdbId !== undefined && { tvdbId }) };
  // Without is4k the desk compares with nothing, and makes a second request of the same.
  const body = { mediaType: kind, mediaId: numberOf(tmdbId), is4k, ...series };
  try {
    const reply = await calls.change({ method: 'POST', path: '/request', body }, options);
    const answer = reply.json();
    if (reply.status === 202) return { outcome: 'satisfied', message: calls.readable(seerrSaid, answer, '/request').message };
    return { outcome: 'created', request: requestOf(answer, '/request') };
  } catch (error) {
    if (!isAppError(error) || error.details.status !== 409 || typeof error.details.said !== 'string') throw error;
    return { outcome: 'exists', message: error.details.said };
  }
}
