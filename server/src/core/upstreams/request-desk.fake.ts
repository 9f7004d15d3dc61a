import { AppError } from '#kernel/app-error.ts';
import type { Clock } from '#kernel/instant.ts';
import type {
  DeskKind,
  DeskRequest,
  DeskRequestStatus,
  DeskUser,
  NewDeskRequest,
  RequestDesk,
  RequestDeskDriver,
} from './request-desk.port.ts';

type Rights = Readonly<{ admin?: boolean; ask?: boolean; auto?: boolean; ask4k?: boolean }>;
type KnownRequest = { -readonly [Key in keyof DeskRequest]: DeskRequest[Key] };
type Call = Readonly<{ verb: keyof RequestDesk; detail: string }>;
type Fault = (call: Call) => AppError | undefined;

/**
 * A desk in memory that keeps the port's promises, for tests of decisions: no HTTP, no vendor. Requests that are asked for twice exist,
 * seasons that were asked for are taken, and whoever may not ask is refused.
 */
export function createDeskFake({ clock, name = 'desk' }: Readonly<{ clock: Clock; name?: string }>) {
  const requests = new Map<number, KnownRequest>();
  const users = new Map<number, DeskUser>();
  const rights = new Map<number, Rights>();
  const calls: Call[] = [];
  const available = new Set<string>();
  const blocklisted = new Set<string>();
  let nextId = 1;
  let fault: Fault = () => undefined;
  let delayMs = 0;
  let after: ((call: Call) => void) | undefined;

  function addUser(user: Omit<DeskUser, 'rights'>, may: Rights = {}): void {
    rights.set(user.id, may);
    users.set(user.id, {
      ...user,
      rights: {
        admin: may.admin === true,
        request: (_kind, is4k) => may.admin === true || (may.ask !== false && (!is4k || may.ask4k !== false)),
        autoApproved: () => may.admin === true || may.auto === true,
      },
    });
  }
  addUser({ id: 1, displayName: 'admin', email: 'admin@example.test' }, { admin: true });

  const titleOf = (title: Pick<NewDeskRequest, 'kind' | 'tmdbId'>): string => `${title.kind}:${title.tmdbId}`;
  const refused = (code: AppError['code'], status: number, message: string, permanent = true): AppError =>
    new AppError(code, `${name}: ${message}`, { details: { status, permanent } });

  async function call<T>(verb: Call['verb'], detail: string, work: () => T): Promise<T> {
    const made = { verb, detail };
    calls.push(made);
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    const thrown = fault(made);
    if (thrown) throw thrown;
    const answer = work();
    after?.(made);
    return answer;
  }

  const isListed = (request: DeskRequest): boolean => !blocklisted.has(titleOf(request));
  const copy = (request: KnownRequest): DeskRequest => structuredClone(request) as DeskRequest;
  const shown = (request: KnownRequest): DeskRequest => ({
    ...copy(request),
    mediaStatus: blocklisted.has(titleOf(request)) ? 'blocklisted' : available.has(titleOf(request)) ? 'available' : request.mediaStatus,
  });
  const mustHave = (id: number): KnownRequest => {
    const found = requests.get(id);
    if (!found) throw refused('upstream-not-found', 404, 'Request not found.');
    return found;
  };

  function add(wish: NewDeskRequest, by: number, status: DeskRequestStatus): DeskRequest {
    const user = users.get(by) ?? { id: by, displayName: `user ${by}` };
    const { rights: _rights, ...requestedBy } = user as DeskUser;
    const request: KnownRequest = {
      id: nextId++,
      kind: wish.kind,
      tmdbId: wish.tmdbId,
      ...(wish.tvdbId !== undefined && { tvdbId: wish.tvdbId }),
      is4k: wish.is4k,
      status,
      mediaStatus: status === 'approved' ? 'processing' : 'pending',
      seasons: wish.seasons.map((number) => ({ number, status })),
      requestedBy,
      createdAt: clock.now(),
      updatedAt: clock.now(),
    };
    requests.set(request.id, request);
    return copy(request);
  }

  function ask(wish: NewDeskRequest, by: number) {
    const user = users.get(by);
    if (!user) throw refused('upstream-forbidden', 403, 'You do not have permission to access this endpoint');
    if (blocklisted.has(titleOf(wish))) throw refused('upstream-forbidden', 403, 'This media is blocklisted.');
    if (!user.rights.request(wish.kind, wish.is4k))
      throw refused('upstream-forbidden', 403, `You do not have permission to make ${wish.kind} requests.`);
    const same = [...requests.values()].filter(
      (one) => titleOf(one) === titleOf(wish) && one.is4k === wish.is4k && one.status !== 'declined',
    );
    const status = user.rights.autoApproved(wish.kind, wish.is4k) ? 'approved' : 'pending';
    if (wish.kind === 'movie') {
      if (same.some((one) => one.status !== 'completed'))
        return { outcome: 'exists', message: 'Request for this media already exists.' } as const;
      return { outcome: 'created', request: add(wish, by, status) } as const;
    }
    const taken = new Set(same.flatMap((one) => one.seasons.map((season) => season.number)));
    const seasons = wish.seasons.filter((number) => !taken.has(number) && number !== 0 && !available.has(`${titleOf(wish)}:${number}`));
    if (seasons.length === 0) return { outcome: 'satisfied', message: 'No seasons available to request' } as const;
    return { outcome: 'created', request: add({ ...wish, seasons }, by, status) } as const;
  }

  function decide(id: number, status: 'approved' | 'declined'): DeskRequest {
    const request = mustHave(id);
    request.status = status;
    request.seasons = request.seasons.map((season) => ({ ...season, status }));
    return shown(request);
  }

  const desk: RequestDesk = {
    version: () => call('version', '', () => ({ version: '3.0.0', raw: { version: '3.0.0', commitTag: 'local' } })),
    identify: () => call('identify', '', () => ({ version: '3.0.0', user: users.get(1) as DeskUser })),
    listRequests: () =>
      call('listRequests', '', () => {
        const listed = [...requests.values()].filter(isListed).map(shown);
        return { requests: listed, total: listed.length, askedAt: clock.now() };
      }),
    readRequest: (id) =>
      call('readRequest', String(id), () => {
        const found = requests.get(id);
        return found && shown(found);
      }),
    requestsFor: (title) =>
      call('requestsFor', titleOf(title), () => [...requests.values()].filter((one) => titleOf(one) === titleOf(title)).map(shown)),
    listUsers: () => call('listUsers', '', () => [...users.values()]),
    ask: (wish, { asUser = 1 }) =>
      call(
        'ask',
        `${titleOf(wish)}:${wish.is4k ? '4k' : 'hd'}${wish.seasons.length > 0 ? `:${wish.seasons.join(',')}` : ''} as ${asUser}`,
        () => ask(wish, asUser),
      ),
    approve: (id) => call('approve', String(id), () => decide(id, 'approved')),
    decline: (id) => call('decline', String(id), () => decide(id, 'declined')),
    editSeasons: (id, seasons) =>
      call('editSeasons', `${id}:${seasons.join(',')}`, () => {
        const request = mustHave(id);
        request.seasons = seasons.map(
          (number) => request.seasons.find((one) => one.number === number) ?? { number, status: request.status },
        );
        return shown(request);
      }),
    remove: (id) => call('remove', String(id), () => requests.delete(id)),
    setWebhook: ({ url }) => call('setWebhook', url, () => undefined),
  };

  return {
    desk,
    calls,
    /** The calls since the last time, as `verb detail`. */
    takeCalls: (): readonly string[] => calls.splice(0).map(({ verb, detail }) => `${verb} ${detail}`.trim()),
    addUser,
    /** A request that somebody made there. */
    add: (wish: Partial<NewDeskRequest> & Readonly<{ tmdbId: number }>, status: DeskRequestStatus = 'pending', by = 1): DeskRequest =>
      add({ kind: 'movie' as DeskKind, is4k: false, seasons: [], ...wish }, by, status),
    change(id: number, change: Partial<DeskRequest>): void {
      Object.assign(mustHave(id), change);
    },
    decide,
    delete: (id: number): boolean => requests.delete(id),
    /** As it was, under the number that it had. */
    restore: (request: DeskRequest): void => void requests.set(request.id, { ...request }),
    get: (id: number): DeskRequest | undefined => requests.get(id),
    all: (): readonly DeskRequest[] => [...requests.values()].map(copy),
    /** The title, or one season of it (`tv:7:1`), is there: nobody needs to ask for it. */
    setAvailable: (title: string): void => void available.add(title),
    /** Its requests are not listed any more, and are there all the same. */
    blocklist: (title: string): void => void blocklisted.add(title),
    /** What calls are answered with; undefined lets them through. */
    failWith(next: Fault): void {
      fault = next;
    },
    work(): void {
      fault = () => undefined;
    },
    /** Called when a call has been carried out, before it is answered. What it throws is what the caller hears. */
    afterCall(next: ((call: Call) => void) | undefined): void {
      after = next;
    },
    answerIn(ms: number): void {
      delayMs = ms;
    },
    refused,
  };
}

export type DeskFake = ReturnType<typeof createDeskFake>;

/** A driver for desks in memory, by their address. */
export function createDeskDriverFake(at: Readonly<Record<string, DeskFake>>): RequestDeskDriver {
  return {
    vendor: 'seerr',
    connect({ url, name }) {
      const found = at[url];
      if (!found) throw new AppError('upstream-unreachable', `${name}: nothing answers at ${url}.`);
      return found.desk;
    },
    titleOfWebhook: () => undefined,
    requestOfWebhook: (body) => (typeof body === 'object' && body !== null && 'request' in body ? Number(body.request) : undefined),
  };
}
