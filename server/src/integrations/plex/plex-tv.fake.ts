import { randomBytes } from 'node:crypto';
import type { MoodyReply, MoodyRequest } from '#core/upstreams/moody-http.fake.ts';
import { toIso } from '#kernel/instant.ts';
import { type FakePlexName, toXml } from './plex-replies.fake.ts';
import type { FakePlexUser, PlexWorld } from './plex-world.fake.ts';

type Pin = {
  readonly id: number;
  readonly code: string;
  readonly clientIdentifier: string;
  readonly createdAt: number;
  authToken: string | null;
};

const refusal = (status: number, code: number, message: string): MoodyReply => ({ status, body: { errors: [{ code, message, status }] } });
const HOUR_S = 900;

/** The parts of plex.tv that a household's server needs: sign-ins, resources, the home, its guests. */
export function createPlexTvFake(world: PlexWorld, server: FakePlexName, serverAddress: () => string) {
  const pins = new Map<number, Pin>();

  const memberOf = (user: FakePlexUser) => ({
    id: Number(user.plexTvId),
    uuid: user.uuid,
    title: user.name,
    username: user.hasAccount ? user.name : null,
    email: user.hasAccount ? `${user.plexTvId}@example.org` : null,
    friendlyName: null,
    thumb: '',
    hasPassword: true,
    restricted: !user.hasAccount,
    restrictionProfile: null,
    admin: user === world.owner,
    guest: false,
    protected: user.pin !== undefined,
    updatedAt: 1_700_000_000,
  });

  const pinReply = (pin: Pin) => ({
    id: pin.id,
    code: pin.code,
    product: 'Usherr',
    trusted: false,
    qr: `https://plex.tv/api/v2/pins/qr/${pin.code}`,
    clientIdentifier: pin.clientIdentifier,
    expiresIn: HOUR_S,
    createdAt: toIso(pin.createdAt * 1_000),
    expiresAt: toIso((pin.createdAt + HOUR_S) * 1_000),
    authToken: pin.authToken,
    newRegistration: null,
  });

  const resourcesFor = (user: FakePlexUser) => {
    const address = new URL(serverAddress());
    const owned = user === world.owner;
    return [
      {
        name: server.name,
        product: 'Plex Media Server',
        productVersion: server.version,
        platform: 'Linux',
        platformVersion: '12',
        device: 'PC',
        clientIdentifier: server.uuid,
        createdAt: '2020-01-01T00:00:00Z',
        lastSeenAt: '2026-01-01T00:00:00Z',
        provides: 'server',
        ownerId: owned ? null : Number(world.owner.plexTvId),
        accessToken: user.token,
        owned,
        home: !owned && !user.guest,
        sourceTitle: owned ? null : world.owner.name,
        publicAddress: '203.0.113.7',
        synced: false,
        relay: false,
        presence: true,
        httpsRequired: false,
        publicAddressMatches: true,
        dnsRebindingProtection: false,
        natLoopbackSupported: false,
        connections: [
          {
            protocol: 'http',
            address: address.hostname,
            port: Number(address.port),
            uri: address.origin,
            local: true,
            relay: false,
            IPv6: false,
          },
        ],
      },
      {
        name: 'Living room',
        product: 'Plex for Android (TV)',
        clientIdentifier: 'player-0001',
        provides: 'player,pubsub-player',
        owned: true,
        connections: [],
      },
    ];
  };

  const invitedXml = (): string => {
    const others = [...world.users.values()].filter((user) => user !== world.owner);
    return toXml('MediaContainer', {
      friendlyName: 'myPlex',
      machineIdentifier: server.uuid,
      size: others.length,
      User: others.map((user) => ({
        id: user.plexTvId,
        title: user.name,
        username: user.guest ? user.name : '',
        email: '',
        home: !user.guest,
        restricted: !user.guest,
        protected: user.pin !== undefined,
        Server: [{ id: 5_001, machineIdentifier: server.uuid, name: server.name, owned: true, pending: false }],
      })),
    });
  };

  const sharedXml = (): string => {
    const others = [...world.users.values()].filter((user) => user !== world.owner);
    return toXml('MediaContainer', {
      size: others.length,
      SharedServer: others.map((user) => ({
        id: user.plexTvId,
        username: user.name,
        userID: user.plexTvId,
        accessToken: user.token,
        name: server.name,
      })),
    });
  };

  function answerPins(request: MoodyRequest, path: string): MoodyReply | undefined {
    const client = request.headers['x-plex-client-identifier'];
    if (request.method === 'POST' && path === '/api/v2/pins') {
      if (typeof client !== 'string') return refusal(400, 1_000, 'X-Plex-Client-Identifier is missing');
      const code = randomBytes(request.query.strong === 'true' ? 12 : 2)
        .toString('hex')
        .toUpperCase();
      const pin = { id: 300_000_000 + pins.size, code, clientIdentifier: client, createdAt: world.now(), authToken: null };
      pins.set(pin.id, pin);
      return { status: 201, body: pinReply(pin) };
    }
    const id = /^\/api\/v2\/pins\/(\d+)$/.exec(path)?.[1];
    if (id === undefined) return undefined;
    const pin = pins.get(Number(id));
    const known = pin !== undefined && pin.clientIdentifier === client && (request.query.code ?? pin.code) === pin.code;
    return known ? { body: pinReply(pin) } : refusal(404, 1_020, 'Code not found or expired');
  }

  function answerSwitch(request: MoodyRequest, path: string): MoodyReply | undefined {
    const uuid = /^\/api\/v2\/home\/users\/([^/]+)\/switch$/.exec(path)?.[1];
    if (uuid === undefined || request.method !== 'POST') return undefined;
    const target = [...world.users.values()].find((one) => one.uuid === uuid);
    if (target === undefined) return refusal(404, 1_003, 'User not found');
    if (target.pin !== undefined && target.pin !== request.query.pin) return refusal(403, 1_041, 'Invalid PIN');
    return { status: 201, body: { ...memberOf(target), authToken: target.tvToken } };
  }

  function answerAs(user: FakePlexUser, request: MoodyRequest, path: string): MoodyReply {
    const isOwner = user === world.owner;
    const members = [...world.users.values()].filter((one) => !one.guest);
    switch (path) {
      case '/api/v2/user':
        return { body: { ...memberOf(user), authToken: user.tvToken } };
      case '/api/v2/resources':
        return { body: resourcesFor(user) };
      case '/api/v2/home/users':
        return { body: { id: 7_001, name: 'Home', guestEnabled: false, subscription: true, users: members.map(memberOf) } };
      case '/api/users':
        return { type: 'application/xml; charset=utf-8', body: `<?xml version="1.0" encoding="UTF-8"?>\n${invitedXml()}` };
      case `/api/servers/${server.uuid}/shared_servers`:
        return isOwner
          ? { type: 'application/xml; charset=utf-8', body: `<?xml version="1.0" encoding="UTF-8"?>\n${sharedXml()}` }
          : refusal(403, 1_010, 'Not the owner of this server');
      default:
        return (isOwner ? answerSwitch(request, path) : undefined) ?? refusal(404, 1_002, 'Not found');
    }
  }

  return {
    /** `path` is the one below plex.tv. */
    answer(request: MoodyRequest, path: string): MoodyReply {
      const pins = answerPins(request, path);
      if (pins) return pins;
      const given = request.headers['x-plex-token'] ?? request.query['X-Plex-Token'];
      const user = [...world.users.values()].find((one) => one.tvToken === given);
      return user ? answerAs(user, request, path) : refusal(401, 1_001, 'User could not be authenticated');
    },
    /** The person at plex.tv/link agrees. */
    approvePin(code: string, userId: string = world.owner.id): void {
      const pin = [...pins.values()].find((one) => one.code === code);
      if (pin === undefined) throw new Error(`The fake plex.tv has no PIN ${code}.`);
      pin.authToken = world.user(userId).tvToken;
    },
  };
}
