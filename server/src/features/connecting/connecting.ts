import type { Account, Connections } from '#core/connections/index.ts';
import type { CallOptions, RequestDeskDriver } from '#core/upstreams/index.ts';
import { AppError, invalid } from '#kernel/app-error.ts';
import { checkDesk } from './check-desk.ts';
import { checkServer } from './check-server.ts';
import type { CheckReport } from './checks.ts';
import { createSignIns, type SignIns, type SignInsDeps } from './sign-ins.ts';
import { createWaiting, type Waiting, type WaitingDeps } from './waiting.ts';

export type ConnectingDeps = WaitingDeps &
  Pick<SignInsDeps, 'driverAs'> &
  Readonly<{
    connections: Pick<Connections, 'driver' | 'connectionTo' | 'tokenOf' | 'secretOptionsOf'>;
    /** By vendor. */
    deskDrivers: Readonly<Record<string, RequestDeskDriver>>;
  }>;

/** What is in the form of a connection. */
export type CheckWish = Readonly<{
  kind: string;
  url?: string | undefined;
  token?: string | undefined;
  user?: string | undefined;
  options?: Readonly<Record<string, unknown>> | undefined;
  /** The stored connection that the form changes: what is left out is taken from it. */
  account?: Account | undefined;
}>;

export type Connecting = Readonly<{
  signIns: SignIns;
  waiting: Waiting;
  /** Tries what is in the form, and stores nothing. Throws `invalid` for what is no address or key at all. */
  check(wish: CheckWish, call: CallOptions): Promise<CheckReport>;
}>;

/** The way to a new connection: sign-ins, live checks of a form, and servers that do not answer yet. */
export function createConnecting(deps: ConnectingDeps): Connecting {
  const { connections, deskDrivers, clock } = deps;

  async function checkAccount({ kind, account, ...given }: CheckWish, call: CallOptions): Promise<CheckReport> {
    const url = given.url ?? account?.server.url;
    const token = given.token?.trim() || (account && (await connections.tokenOf(account)));
    const stored = account ? { ...account.options, ...(await connections.secretOptionsOf(account)) } : {};
    const user = given.user?.trim() || account?.userId;
    const options = { ...stored, ...given.options };
    const connection = connections.connectionTo({ type: kind, url, token, options, ...(user !== undefined && { user }) });
    return checkServer({ driver: connections.driver(kind), connection, user, uuid: account?.server.uuid }, call);
  }

  async function checkRequestDesk(driver: RequestDeskDriver, { url = '', token = '' }: CheckWish, call: CallOptions): Promise<CheckReport> {
    if (!URL.canParse(url.trim()) || !/^https?:/.test(url.trim()))
      throw invalid('url', 'must be an address such as http://192.168.1.5:5055');
    if (token.trim() === '') throw invalid('token', 'is missing');
    const place = { name: 'This desk', url: url.trim().replace(/\/+$/, ''), apiKey: token.trim() };
    return checkDesk(driver.connect(place), place.url, call);
  }

  return {
    signIns: createSignIns({ clock, driver: connections.driver, driverAs: deps.driverAs }),
    waiting: createWaiting(deps),
    async check(wish, call) {
      const desk = Object.hasOwn(deskDrivers, wish.kind) ? deskDrivers[wish.kind] : undefined;
      if (!desk) return checkAccount(wish, call);
      if (wish.account) throw new AppError('invalid', 'kind: is another one than that of the stored connection.');
      return checkRequestDesk(desk, wish, call);
    },
  };
}
