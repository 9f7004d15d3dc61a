import type { DeskKind } from '#core/upstreams/index.ts';
import type { Clock } from '#kernel/instant.ts';

/** What a fake desk holds, in Seerr's own numbers. */
export const STATUS = { pending: 1, approved: 2, declined: 3, failed: 4, completed: 5 } as const;
export const MEDIA = {
  unknown: 1,
  pending: 2,
  processing: 3,
  'partly-available': 4,
  available: 5,
  blocklisted: 6,
  deleted: 7,
} as const;

export const PERMISSION = {
  ADMIN: 2,
  MANAGE_USERS: 8,
  MANAGE_REQUESTS: 16,
  REQUEST: 32,
  AUTO_APPROVE: 128,
  AUTO_APPROVE_MOVIE: 256,
  AUTO_APPROVE_TV: 512,
  REQUEST_4K: 1_024,
  REQUEST_4K_MOVIE: 2_048,
  REQUEST_4K_TV: 4_096,
  REQUEST_VIEW: 16_384,
  AUTO_APPROVE_4K: 32_768,
  AUTO_APPROVE_4K_MOVIE: 65_536,
  AUTO_APPROVE_4K_TV: 131_072,
  REQUEST_MOVIE: 262_144,
  REQUEST_TV: 524_288,
} as const;

export type Quota = Readonly<{ limit: number; days: number }>;

export type NewFakeUser = Readonly<{
  id?: number;
  name: string;
  /** Bits of PERMISSION. Default REQUEST. */
  permissions?: number;
  email?: string;
  plexId?: number;
  plexUsername?: string;
  jellyfinUserId?: string;
  jellyfinUsername?: string;
  movieQuota?: Quota;
  tvQuota?: Quota;
}>;

export type FakeUser = Omit<NewFakeUser, 'permissions'> & {
  readonly id: number;
  permissions: number;
  readonly createdAt: string;
  asked: number;
};

export type FakeTitle = {
  readonly title: string;
  readonly year: number;
  readonly seasons: number;
  readonly tvdbId: number | undefined;
  readonly imdbId: string | undefined;
  /** How TMDB answers when it is asked for this title. */
  tmdb: 'fine' | 'gone' | 'down';
};

export type FakeMedia = {
  readonly id: number;
  readonly kind: DeskKind;
  readonly tmdbId: number;
  readonly tvdbId: number | undefined;
  readonly imdbId: string | undefined;
  status: number;
  status4k: number;
  readonly seasons: Map<number, { readonly id: number; status: number; status4k: number }>;
  readonly requests: FakeRequest[];
  readonly createdAt: string;
};

export type FakeSeason = { readonly id: number; readonly number: number; status: number };

export type FakeRequest = {
  readonly id: number;
  readonly media: FakeMedia;
  readonly is4k: boolean;
  status: number;
  seasons: FakeSeason[];
  requestedBy: FakeUser;
  modifiedBy: FakeUser | undefined;
  readonly createdAt: string;
  updatedAt: string;
  /** All of its row but for the people, as it was last written. */
  text?: string | undefined;
};

export type WorldOptions = Readonly<{
  clock: Clock;
  /** Releases before May 2025 moved `updatedAt` at every change; later ones never do. */
  movesUpdatedAt: boolean;
}>;

export const mailOf = (user: FakeUser): string => user.email ?? `${user.name}@example.test`;

const titleKey = (kind: DeskKind, tmdbId: number): string => `${kind}:${tmdbId}`;

export function createSeerrWorld({ clock, movesUpdatedAt }: WorldOptions) {
  const users = new Map<number, FakeUser>();
  const requests = new Map<number, FakeRequest>();
  const media = new Map<number, FakeMedia>();
  const mediaOfTitle = new Map<string, FakeMedia[]>();
  const titles = new Map<string, FakeTitle>();
  const last = { user: 0, request: 0, media: 0, season: 0, mediaSeason: 0 };
  let revision = 0;
  let listed: { revision: number; rows: readonly FakeRequest[] } = { revision: -1, rows: [] };

  /** To the second, as the desk keeps it. */
  const now = (): string => `${new Date(clock.now()).toISOString().slice(0, 19)}.000Z`;
  const nextId = (of: keyof typeof last): number => {
    last[of] += 1;
    return last[of];
  };

  function mustHave<T>(found: T | undefined, what: string): T {
    if (found === undefined) throw new Error(`The fake Seerr has no ${what}.`);
    return found;
  }

  function addUser(user: NewFakeUser): FakeUser {
    const id = user.id ?? nextId('user');
    last.user = Math.max(last.user, id);
    const added: FakeUser = { ...user, id, permissions: user.permissions ?? PERMISSION.REQUEST, createdAt: now(), asked: 0 };
    users.set(id, added);
    revision += 1;
    return added;
  }

  function titleOf(kind: DeskKind, tmdbId: number): FakeTitle {
    const key = titleKey(kind, tmdbId);
    const known = titles.get(key);
    if (known) return known;
    const made: FakeTitle = {
      title: `${kind === 'movie' ? 'Movie' : 'Show'} ${tmdbId}`,
      year: 2011,
      seasons: 3,
      tvdbId: kind === 'tv' ? 100_000 + tmdbId : undefined,
      imdbId: undefined,
      tmdb: 'fine',
    };
    titles.set(key, made);
    return made;
  }

  function addMedia(kind: DeskKind, tmdbId: number): FakeMedia {
    const { tvdbId, imdbId } = titleOf(kind, tmdbId);
    const made: FakeMedia = {
      id: nextId('media'),
      kind,
      tmdbId,
      tvdbId,
      imdbId,
      status: MEDIA.unknown,
      status4k: MEDIA.unknown,
      seasons: new Map(),
      requests: [],
      createdAt: now(),
    };
    media.set(made.id, made);
    const key = titleKey(kind, tmdbId);
    mediaOfTitle.set(key, [...(mediaOfTitle.get(key) ?? []), made]);
    revision += 1;
    return made;
  }

  const mediaFor = (kind: DeskKind, tmdbId: number): readonly FakeMedia[] => mediaOfTitle.get(titleKey(kind, tmdbId)) ?? [];

  /** Something about the request, or about its title, is otherwise now. */
  function touch(request: FakeRequest): void {
    if (movesUpdatedAt) request.updatedAt = now();
    touchMedia(request.media);
  }

  function touchMedia(changed: FakeMedia): void {
    for (const request of changed.requests) request.text = undefined;
    revision += 1;
  }

  function put(
    row: Pick<FakeRequest, 'media' | 'is4k' | 'status' | 'requestedBy' | 'modifiedBy'> &
      Readonly<{ seasons: readonly number[]; createdAt?: string | undefined }>,
  ): FakeRequest {
    const createdAt = row.createdAt ?? now();
    const seasons = row.seasons.map((number) => ({ id: nextId('season'), number, status: row.status }));
    const request: FakeRequest = { ...row, id: nextId('request'), seasons, createdAt, updatedAt: createdAt };
    requests.set(request.id, request);
    row.media.requests.push(request);
    request.requestedBy.asked += 1;
    touchMedia(row.media);
    return request;
  }

  function remove(request: FakeRequest): void {
    requests.delete(request.id);
    const { media: of } = request;
    of.requests.splice(of.requests.indexOf(request), 1);
    request.requestedBy.asked -= 1;
    touchMedia(of);
  }

  function removeMedia(gone: FakeMedia): void {
    for (const request of [...gone.requests]) remove(request);
    media.delete(gone.id);
    const key = titleKey(gone.kind, gone.tmdbId);
    mediaOfTitle.set(
      key,
      mediaFor(gone.kind, gone.tmdbId).filter((each) => each !== gone),
    );
    revision += 1;
  }

  /** Of the media in the quality that was asked for. */
  const statusOf = ({ media: of, is4k }: Pick<FakeRequest, 'media' | 'is4k'>): number => (is4k ? of.status4k : of.status);
  function setStatus(of: FakeMedia, is4k: boolean, status: number): void {
    if (is4k) of.status4k = status;
    else of.status = status;
    touchMedia(of);
  }

  return {
    users,
    requests,
    media,
    now,
    nextId,
    revision: (): number => revision,
    addUser,
    user: (id: number): FakeUser => mustHave(users.get(id), `user ${id}`),
    request: (id: number): FakeRequest => mustHave(requests.get(id), `request ${id}`),
    titleOf,
    setTitle(kind: DeskKind, tmdbId: number, title: Partial<FakeTitle>): void {
      titles.set(titleKey(kind, tmdbId), { ...titleOf(kind, tmdbId), ...title });
    },
    addMedia,
    mediaFor,
    touch,
    touchMedia,
    put,
    remove,
    removeMedia,
    statusOf,
    setStatus,
    changeUser(user: FakeUser, permissions: number): void {
      user.permissions = permissions;
      revision += 1;
    },
    /** What the list shows, in the order of asking: a blocklisted title takes its requests out of it. */
    listed(): readonly FakeRequest[] {
      if (listed.revision !== revision) {
        const rows = [...requests.values()].filter(
          (request) => statusOf(request) !== MEDIA.blocklisted && request.media.status !== MEDIA.blocklisted,
        );
        listed = { revision, rows };
      }
      return listed.rows;
    },
  };
}

export type SeerrWorld = ReturnType<typeof createSeerrWorld>;
