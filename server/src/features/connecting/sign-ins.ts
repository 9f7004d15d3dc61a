import { randomUUID } from 'node:crypto';
import type { CallOptions, DiscoveredServer, IssuedToken, MediaServerDriver } from '#core/upstreams/index.ts';
import { AppError, invalid, isAppError } from '#kernel/app-error.ts';
import { type Clock, type Duration, type Instant, minutes } from '#kernel/instant.ts';

/** So long a sign-in may be begun, agreed to and used; then it has to be begun again. */
const KEPT: Duration = minutes(30);
/** Nobody signs in to so many servers at once. */
const MOST = 200;

export type SignInWish = Readonly<{
  kind: string;
  /** `password`: name and password of a user of that server. `device`: the person agrees elsewhere. */
  way: 'password' | 'device';
  url?: string | undefined;
  username?: string | undefined;
  password?: string | undefined;
  /** Who began it; nobody else sees or uses it. */
  by: string;
}>;

/** A server that the signed-in user may reach, with its addresses, those at home first. */
export type FoundServer = Readonly<{
  uuid: string;
  name: string;
  version: string | undefined;
  owned: boolean;
  addresses: readonly Readonly<{ url: string; local: boolean }>[];
}>;

/** Without the token, which stays here. */
export type SignInView = Readonly<{
  id: string;
  kind: string;
  state: 'waiting' | 'signed-in';
  /** Where the person agrees, or what they type there. */
  url: string | undefined;
  code: string | undefined;
  expiresAt: Instant;
  user: Readonly<{ id: string | undefined; name: string }> | undefined;
  servers: readonly FoundServer[];
}>;

type Issued = Pick<IssuedToken, 'token' | 'userName'> & Partial<IssuedToken>;

type SignIn = Readonly<{
  id: string;
  kind: string;
  by: string;
  place: Readonly<{ url: string }>;
  ticket: string | undefined;
  shown: Readonly<{ url?: string; code?: string }>;
  expiresAt: Instant;
  issued: Issued | undefined;
  found: readonly DiscoveredServer[];
}>;

export type SignInsDeps = Readonly<{
  clock: Clock;
  driver(kind: string): MediaServerDriver;
  /**
   * The driver under a device name of its own. Some servers end a user's older token of the same device where that user signs in anew, and a
   * form that is given up must not end the token of a connection that works.
   */
  driverAs(kind: string, device: string): MediaServerDriver;
}>;

export type SignIns = ReturnType<typeof createSignIns>;

/** Sign-ins that are under way, in memory alone: what they bring is used at once, or not at all. */
export function createSignIns({ clock, driver, driverAs }: SignInsDeps) {
  const kept = new Map<string, SignIn>();

  function sweep(): void {
    const now = clock.now();
    for (const [id, one] of kept) if (one.expiresAt <= now) kept.delete(id);
    for (const id of [...kept.keys()].slice(0, Math.max(0, kept.size - MOST))) kept.delete(id);
  }

  function keep(one: SignIn): SignIn {
    kept.set(one.id, one);
    sweep();
    return one;
  }

  function own(id: string, by: string): SignIn {
    sweep();
    const found = kept.get(id);
    if (found?.by === by) return found;
    throw new AppError('not-found', 'This sign-in has ended. Begin it again.', {
      faults: [{ field: 'sign_in', message: 'has ended: begin it again' }],
    });
  }

  async function signedIn(one: SignIn, issued: Issued, call: CallOptions): Promise<SignIn> {
    const found = (await driver(one.kind).discover?.(issued.token, call)) ?? [];
    return keep({ ...one, issued, found });
  }

  function begun(wish: SignInWish, more: Pick<SignIn, 'place' | 'ticket' | 'shown'>): SignIn {
    return {
      id: randomUUID(),
      kind: wish.kind,
      by: wish.by,
      expiresAt: clock.now() + KEPT,
      issued: undefined,
      found: [],
      ...more,
    };
  }

  async function byPassword(wish: SignInWish, url: string, call: CallOptions): Promise<SignIn> {
    const one = begun(wish, { place: { url }, ticket: undefined, shown: {} });
    const as = driverAs(wish.kind, one.id);
    if (!as.signIn) throw invalid('way', `${as.title} takes no password: choose another way`);
    const { username = '', password = '' } = wish;
    if (username === '') throw invalid('username', 'is missing');
    const issued = await as.signIn({ url, username, password }, call).catch((cause: unknown) => {
      throw isAppError(cause, 'upstream-unauthorized') ? invalid('password', cause.message, cause) : cause;
    });
    return signedIn(one, issued, call);
  }

  async function byDevice(wish: SignInWish, url: string, call: CallOptions): Promise<SignIn> {
    const { deviceSignIn, title } = driver(wish.kind);
    if (!deviceSignIn) throw invalid('way', `${title} has no such way to sign in: choose another`);
    const { ticket, ...shown } = await deviceSignIn.begin({ url }, call);
    return keep(begun(wish, { place: { url }, ticket, shown }));
  }

  return {
    /** Throws `invalid` with the field at fault, and the server's own fault. */
    async begin(wish: SignInWish, url: string, call: CallOptions): Promise<SignInView> {
      return viewOf(await (wish.way === 'password' ? byPassword : byDevice)(wish, url, call));
    },

    /** How far it is; asks the vendor where the person has not agreed yet. Throws `not-found` for one that has ended or is another's. */
    async look(id: string, by: string, call: CallOptions): Promise<SignInView> {
      const one = own(id, by);
      if (one.issued !== undefined || one.ticket === undefined) return viewOf(one);
      const issued = await driver(one.kind)
        .deviceSignIn?.finish(one.ticket, one.place, call)
        .catch((cause: unknown) => {
          if (!isAppError(cause, 'upstream-not-found')) throw cause;
          kept.delete(id);
          throw new AppError('not-found', 'This sign-in has ended there. Begin it again.', { cause });
        });
      return viewOf(issued === undefined ? one : await signedIn(one, issued, call));
    },

    /** What opens the server at that address. Throws `not-found`, and `conflict` before the person has agreed. */
    tokenFor(id: string, by: string, url: string | undefined): Readonly<{ token: string; userId: string | undefined; kind: string }> {
      const one = own(id, by);
      if (one.issued === undefined) throw new AppError('conflict', 'Nobody has agreed to this sign-in yet.');
      const there = one.found.find(({ uri }) => url !== undefined && sameAddress(uri, url));
      // At its own server a vendor's directory knows its owner by another id than the server does.
      const userId = one.found.length > 0 ? undefined : one.issued.userId;
      return { token: there?.token ?? one.issued.token, userId, kind: one.kind };
    },

    forget: (id: string): boolean => kept.delete(id),
  };
}

const sameAddress = (one: string, other: string): boolean =>
  URL.canParse(one) && URL.canParse(other) && new URL(one).origin === new URL(other).origin;

const viewOf = ({ id, kind, shown, expiresAt, issued, found }: SignIn): SignInView => ({
  id,
  kind,
  state: issued === undefined ? 'waiting' : 'signed-in',
  url: issued === undefined ? shown.url : undefined,
  code: issued === undefined ? shown.code : undefined,
  expiresAt,
  user: issued && { id: issued.userId, name: issued.userName },
  servers: [...Map.groupBy(found, ({ uuid }) => uuid).values()].flatMap(serverOf),
});

function serverOf(addresses: readonly DiscoveredServer[]): readonly FoundServer[] {
  const [first] = addresses;
  if (first === undefined) return [];
  const { uuid, name, version, owned } = first;
  const sorted = addresses.toSorted((one, other) => Number(other.local) - Number(one.local));
  return [{ uuid, name, version, owned, addresses: sorted.map(({ uri, local }) => ({ url: uri, local })) }];
}
