import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Account } from '#core/connections/index.ts';
import { API_KEY, eventually, type Household, type ServerKind, startHousehold } from '#tests/support/household.ts';

type Sent = Readonly<{ body: string | FormData | URLSearchParams; headers?: Record<string, string> }>;
type Answer = {
  status: number;
  reason: string | null;
  json: { error?: { message: string; fields?: object[] }; info?: { message: string } } | undefined;
};

const KINDS: readonly ServerKind[] = ['plex', 'jellyfin', 'emby'];
const items = new Map<ServerKind, string>();
const accounts = new Map<ServerKind, Account>();
let home: Household;

const account = (kind: ServerKind): Account => accounts.get(kind) ?? expect.fail(kind);
const item = (kind: ServerKind): string => items.get(kind) ?? expect.fail(kind);
const tokenOf = (kind: ServerKind): Promise<string> => home.rooms.connections.webhookTokenOf(account(kind));

async function send(sent: Sent, credential: string | undefined, method = 'POST'): Promise<Answer> {
  const query = credential === undefined ? '' : `?apikey=${credential}`;
  const reply = await fetch(`${home.address}/v1/api/webhook${query}`, {
    method,
    body: sent.body,
    ...(sent.headers && { headers: sent.headers }),
  });
  const text = await reply.text();
  return {
    status: reply.status,
    reason: reply.headers.get('x-usherr-reason'),
    json: text === '' ? undefined : (JSON.parse(text) as Answer['json']),
  };
}

const JSON_TYPE = { 'content-type': 'application/json' };
const plexEvent = (change: Record<string, unknown> = {}) => ({
  event: 'media.scrobble',
  user: true,
  owner: true,
  Account: { id: 1, title: 'owner' },
  Server: { title: 'Fake Plex', uuid: home.fake('plex').uuid },
  Metadata: { type: 'movie', ratingKey: item('plex'), title: 'Alien', guid: 'plex://movie/1', librarySectionID: 1 },
  ...change,
});
const form = (payload: unknown, thumb = false): Sent => {
  const body = new FormData();
  body.append('payload', typeof payload === 'string' ? payload : JSON.stringify(payload));
  if (thumb) body.append('thumb', new Blob([new Uint8Array(200_000)], { type: 'image/jpeg' }), 'thumb.jpg');
  return { body, headers: { 'user-agent': 'PlexMediaServer/1.41.3' } };
};
const jellyfinEvent = (change: Record<string, unknown> = {}) => ({
  NotificationType: 'PlaybackStop',
  ServerId: home.fake('jellyfin').uuid,
  UserId: home.fake('jellyfin').owner.id,
  ItemId: item('jellyfin'),
  ItemType: 'Movie',
  Name: 'Alien',
  PlayedToCompletion: true,
  ...change,
});
const embyEvent = (change: Record<string, unknown> = {}) => ({
  Event: 'item.markplayed',
  Server: { Id: home.fake('emby').uuid, Name: 'Fake', Version: '4.8.10.0' },
  User: { Id: home.fake('emby').owner.id, Name: 'owner' },
  Item: { Id: item('emby'), Type: 'Movie', Name: 'Alien' },
  ...change,
});
const json = (payload: unknown): Sent => ({ body: JSON.stringify(payload), headers: JSON_TYPE });

beforeAll(async () => {
  home = await startHousehold();
  for (const kind of KINDS) {
    const fake = home.fake(kind);
    const library = fake.addLibrary({ name: 'Movies', kind: 'movies' });
    items.set(kind, fake.addTitle(library, { kind: 'movie', title: 'Alien', year: 1979, ids: { imdb: 'tt0078748' } }));
    accounts.set(kind, await home.addBackend(kind, { exportEnabled: false }));
  }
}, 30_000);
afterAll(() => home.close());

describe('an event of a server', () => {
  it.each<[string, ServerKind, () => Sent]>([
    ['of Plex, as a form with a picture', 'plex', () => form(plexEvent(), true)],
    ['of Plex, as a form whose field says that it is JSON', 'plex', () => multipartJson(plexEvent())],
    ['of Plex, as a form that has it as a file', 'plex', () => plexFile(plexEvent())],
    [
      'of Tautulli, as JSON',
      'plex',
      () => ({ ...json(plexEvent({ event: 'tautulli.watched' })), headers: { ...JSON_TYPE, 'user-agent': 'Tautulli/2.14' } }),
    ],
    ['of Jellyfin, as JSON', 'jellyfin', () => json(jellyfinEvent())],
    [
      'of Jellyfin, as text',
      'jellyfin',
      () => ({ body: JSON.stringify(jellyfinEvent()), headers: { 'content-type': 'text/plain; charset=utf-8' } }),
    ],
    ['of Emby, as JSON', 'emby', () => json(embyEvent())],
    ['of an older Emby, as a URL-encoded form', 'emby', () => ({ body: new URLSearchParams({ data: JSON.stringify(embyEvent()) }) })],
    ['of an older Emby, as a form', 'emby', () => embyForm()],
  ])('%s is taken', async (_, kind, sent) => {
    const fake = home.fake(kind);
    fake.setState(fake.owner.id, item(kind), { played: true, playCount: 1, lastPlayedAt: Date.now() });
    const reply = await send(sent(), await tokenOf(kind));
    expect([reply.status, reply.json?.info?.message]).toEqual([200, expect.stringContaining(kind)]);
    expect((await home.rooms.connections.byId(account(kind).id)).health.lastEventAt).toBeGreaterThan(Date.now() - 10_000);
  });

  const embyForm = (): Sent => {
    const body = new FormData();
    body.append('data', JSON.stringify(embyEvent()));
    return { body };
  };
  const plexFile = (payload: unknown): Sent => {
    const body = new FormData();
    body.append('thumb', new Blob([new Uint8Array(200_000)], { type: 'image/jpeg' }), 'thumb.jpg');
    body.append('payload', new Blob([JSON.stringify(payload)], { type: 'application/octet-stream' }), 'event.json');
    return { body, headers: { 'user-agent': 'PlexMediaServer/1.41.3' } };
  };
  const multipartJson = (payload: unknown): Sent => multipartSaying(JSON.stringify(payload));
  const multipartSaying = (text: string): Sent => ({
    body: `--x\r\nContent-Disposition: form-data; name="payload"\r\nContent-Type: application/json\r\n\r\n${text}\r\n--x--\r\n`,
    headers: { 'content-type': 'multipart/form-data; boundary=x', 'user-agent': 'PlexMediaServer/1.41.3' },
  });

  it('is taken by PUT and with an API key, and with a slash at the end', async () => {
    expect((await send(json(embyEvent()), API_KEY, 'PUT')).status).toBe(200);
    const reply = await home.send('POST', '/v1/api/webhook/', embyEvent());
    expect(reply.status).toBe(200);
  });

  it.each<[string, () => Sent, RegExp]>([
    ['music', () => form(plexEvent({ Metadata: { type: 'track', ratingKey: '9' } })), /music/],
    ['a rating', () => form(plexEvent({ event: 'media.rate' })), /Rating/],
    ['the start of a server', () => json(embyEvent({ Event: 'system.serverrestartrequired' })), /nothing about who watched/],
    ['an item that is not there', () => json(jellyfinEvent({ ItemId: 'ffffffffffffffffffffffffffffffff' })), /no such item/],
    [
      'a title with signs that no header holds',
      () => json(embyEvent({ Event: 'library.dé\u{1f3ac}\r\nx: y' })),
      /^library\.d\?\?\?\?\?x: y/,
    ],
  ])('that says nothing is left alone with its reason: %s', async (_, sent, reason) => {
    const reply = await send(sent(), API_KEY);
    expect([reply.status, reply.json]).toEqual([304, undefined]);
    expect(reply.reason).toMatch(reason);
  });

  it.each<[string, () => Sent]>([
    ['another product', () => json({ hello: 'world' })],
    ['nothing', () => ({ body: '' })],
    ['a list', () => json([1])],
    ['broken JSON', () => ({ body: '{', headers: JSON_TYPE })],
    ['broken JSON as text', () => ({ body: '{"a"', headers: { 'content-type': 'text/plain' } })],
    ['text', () => ({ body: 'hello', headers: { 'content-type': 'text/plain' } })],
    ['an unknown content type', () => ({ body: '<a/>', headers: { 'content-type': 'application/xml' } })],
    ['a form of Plex without JSON', () => form('{broken')],
    [
      'a form without an end',
      () => ({
        body: '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb',
        headers: { 'content-type': 'multipart/form-data; boundary=x' },
      }),
    ],
    ['a form whose field only says that it is JSON', () => multipartSaying('{broken')],
    ['a form without a boundary', () => ({ body: 'a=b', headers: { 'content-type': 'multipart/form-data' } })],
    ['a server that is not known', () => json(jellyfinEvent({ ServerId: 'another' }))],
    ['no server', () => json(embyEvent({ Server: undefined }))],
    ['no user', () => json(jellyfinEvent({ UserId: undefined }))],
    ['a user who has no backend', () => json(jellyfinEvent({ UserId: 'somebody' }))],
  ])('that cannot be used is refused, and the answer names what is at fault: %s', async (_, sent) => {
    const { status, json: answer } = await send(sent(), API_KEY);
    expect([status, answer?.error?.message, answer?.error?.fields]).toEqual([
      400,
      expect.any(String),
      [{ field: expect.stringMatching(/^(body|header content-type)$/), message: expect.any(String) }],
    ]);
  });

  it('is answered at once where its server fails, and read again', async () => {
    const fake = home.fake('jellyfin');
    fake.setMood('server-error');
    const reply = await send(json(jellyfinEvent()), await tokenOf('jellyfin'));
    expect([reply.status, reply.json?.info?.message]).toEqual([200, expect.stringContaining('again')]);
    expect((await home.rooms.connections.byId(account('jellyfin').id)).health.state).toBe('degraded');
    fake.setMood('fine');
    await eventually(async () => expect((await home.rooms.jobs.list({ name: 'on_webhook' }, 1, 5)).total).toBe(1));
  });

  it('is not acceptable where import is off', async () => {
    await home.rooms.connections.update(account('emby').id, { importEnabled: false }, { verify: false });
    const reply = await send(json(embyEvent()), API_KEY);
    await home.rooms.connections.update(account('emby').id, { importEnabled: true }, { verify: false });
    expect([reply.status, reply.json?.error?.message]).toEqual([406, expect.stringContaining('emby')]);
  });

  it('arrives from the fakes themselves', async () => {
    for (const kind of KINDS) {
      const fake = home.fake(kind);
      await home.hook(kind, account(kind));
      await fake.finish(fake.owner.id, item(kind), Date.now());
      await eventually(() => expect(fake.webhookReplies.length).toBeGreaterThan(0));
      fake.sendEventsTo(undefined);
      expect([kind, fake.webhookReplies.every((status) => status === 200 || status === 304)]).toEqual([kind, true]);
    }
  });
});

describe('credentials for events', () => {
  it('are needed', async () => {
    expect((await send(json(embyEvent()), undefined)).status).toBe(401);
    expect((await send(json(embyEvent()), 'wrong')).status).toBe(401);
    expect((await fetch(`${home.address}/v1/api/webhook`)).status).toBe(401);
    const { json: login } = {
      json: (await home.send('POST', '/v1/api/system/auth/login', { username: 'owner', password: 'a long enough password' })).body,
    };
    const { token } = login as { token: string };
    const reply = await fetch(`${home.address}/v1/api/webhook?ws_token=${token}`, {
      method: 'POST',
      body: JSON.stringify(embyEvent()),
      headers: JSON_TYPE,
    });
    expect(reply.status).toBe(401);
  });

  it('may come as a header', async () => {
    for (const headers of [{ 'x-apikey': API_KEY }, { authorization: `Bearer ${API_KEY}`, 'x-apikey': '' }])
      expect((await home.get('/v1/api/webhook', headers)).status).toBe(200);
    expect((await home.get(`/v1/api/webhook?apikey=${await tokenOf('emby')}`, { 'x-apikey': '' })).body).toEqual({
      info: { code: 200, message: expect.stringContaining('ready') },
    });
  });

  it('of one server speak for no other', async () => {
    const reply = await send(json(embyEvent()), await tokenOf('jellyfin'));
    expect(reply.status).toBe(400);
  });

  it('of one person speak for no other', async () => {
    const { people, access, connections } = home.rooms;
    const kim = await people.create('kim');
    const owner = (await access.authenticate({ credential: API_KEY, surface: 'watchstate' }))?.actor ?? expect.fail();
    const { key } = await access.keys.create({ name: 'hook', role: 'person', scopes: ['webhook'], personId: kim.id }, owner);
    const fake = home.fake('jellyfin');
    const guest = fake.addUser({ name: 'kim' });
    const theirs = await home.addBackend('jellyfin', { personId: kim.id, name: 'mine', as: guest, exportEnabled: false });
    const before = (await connections.byId(account('jellyfin').id)).health.lastEventAt;
    for (const event of [jellyfinEvent(), jellyfinEvent({ NotificationType: 'UserDataSaved', SaveReason: 'UpdateUserRating' })]) {
      await send(json(event), key);
      expect((await connections.byId(account('jellyfin').id)).health.lastEventAt).toBe(before);
    }
    expect((await send(json(jellyfinEvent()), key)).status).toBe(400);
    expect((await send(json(jellyfinEvent({ UserId: guest.id })), key)).status).not.toBe(400);

    // A server sends everybody's events to one address.
    const token = await connections.webhookTokenOf(theirs);
    expect((await send(json(jellyfinEvent()), token)).status).not.toBe(400);
    // Elsewhere anybody may claim to be that server.
    await connections.update(theirs.id, { url: 'http://127.0.0.1:9', uuid: fake.uuid }, { verify: false });
    expect((await send(json(jellyfinEvent()), token)).status).toBe(400);
    await people.remove('kim');
  });

  it('of a webhook open nothing else', async () => {
    const token = await tokenOf('plex');
    for (const path of ['/backends', '/system/version', '/backend/plex', '/identities', '/backends/spec'])
      expect([path, (await home.get(`/v1/api${path}?apikey=${token}`, { 'x-apikey': '' })).status]).toEqual([path, 403]);
  });

  it('never reach the log', async () => {
    const log = home.logLines.join('\n');
    for (const kind of KINDS) expect(log).not.toContain(await tokenOf(kind));
  });
});

it('takes no form without end', async () => {
  const body = new FormData();
  body.append('thumb', new Blob([new Uint8Array(11 * 1_048_576)]), 'huge.jpg');
  body.append('payload', JSON.stringify(plexEvent()));
  expect((await send({ body }, API_KEY)).status).toBe(413);
});
