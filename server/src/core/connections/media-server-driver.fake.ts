import type { MediaServer, MediaServerDriver, UpstreamConnection, UpstreamUser } from '#core/upstreams/index.ts';
import { AppError } from '#kernel/app-error.ts';

export type FakeHost = {
  uuid: string;
  name: string;
  version: string;
  token: string;
  users: UpstreamUser[];
  /** The host fails with this, whatever is asked of it. */
  fault?: AppError;
  /** Only listing its users fails with this. */
  usersFault?: AppError;
};

export type FakeDriver = MediaServerDriver & Readonly<{ hosts: Map<string, FakeHost>; connections: UpstreamConnection[] }>;

export const fakeUser = (id: string, name: string, more: Partial<UpstreamUser> = {}): UpstreamUser => ({ id, name, admin: false, ...more });

/** A driver of servers in memory, by address: what the rules of accounts need of one, without a vendor in sight. */
export function createFakeDriver(type: string): FakeDriver {
  const hosts = new Map<string, FakeHost>();
  const connections: UpstreamConnection[] = [];

  function hostAt(connection: UpstreamConnection): FakeHost {
    const host = hosts.get(connection.url);
    if (!host) throw new AppError('upstream-unreachable', `${connection.url} does not answer.`);
    if (host.fault) throw host.fault;
    return host;
  }

  function ask(connection: UpstreamConnection): FakeHost {
    const host = hostAt(connection);
    if (connection.token !== host.token) throw new AppError('upstream-unauthorized', `${connection.url} refuses the token.`);
    return host;
  }

  const serverAt = (connection: UpstreamConnection): MediaServer => ({
    async identify() {
      const { uuid, name, version } = ask(connection);
      return { uuid, name, version };
    },
    async readImage() {
      return undefined;
    },
    serverUuid: async () => hostAt(connection).uuid,
    async listUsers() {
      const host = ask(connection);
      if (host.usersFault) throw host.usersFault;
      return host.users;
    },
    listLibraries: async () => [],
    async *readLibrary() {},
    readItem: async () => undefined,
    searchTitles: async () => [],
    markPlayed: async () => undefined,
    markUnplayed: async () => undefined,
    setPosition: async () => undefined,
    listSessions: async () => [],
    capabilities: { datedMarks: true, countedMarks: false, markRaisesCount: true, unwatchClearsDate: false, ratings: false },
  });

  return {
    type,
    title: `${type} server`,
    hosts,
    connections,
    webhook: { read: () => ({ outcome: 'not-ours' }) },
    webhookSteps: (url) => [`Send events to ${url}.`],
    webUrl: ({ url, upstreamId }) => `${url}/${upstreamId}`,
    connect(connection) {
      connections.push(connection);
      return serverAt(connection);
    },
  };
}
