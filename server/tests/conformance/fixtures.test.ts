import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAIN_PERSON } from '#core/people/index.ts';
import { createMoodyHttp, type MoodyReply, type MoodyRequest } from '#core/upstreams/moody-http.fake.ts';
import { isRecord } from '#kernel/json.ts';
import { type Household, type ServerKind, startHousehold } from '#tests/support/household.ts';
import { connectAll, importNow, settled, shelvesOf, standing } from '#tests/support/journey.ts';

const folder = fileURLToPath(new URL('../../../../shared/fixtures/', import.meta.url));
const present = existsSync(folder);
const absent = present ? '' : ' (skipped: the folder ../shared/fixtures is not here)';

type Data = Record<string, unknown>;
const load = (file: string): unknown => JSON.parse(readFileSync(folder + file, 'utf8'));
const objectAt = (data: Data, name: string): Data => (isRecord(data[name]) ? (data[name] as Data) : {});
const filesOf = (kind: ServerKind, pattern: RegExp): string[] =>
  present ? readdirSync(folder + kind).flatMap((name) => (pattern.test(name) ? [`${kind}/${name}`] : [])) : [];

type Fixture = Readonly<{ file: string; tags: readonly string[] }>;
const index: readonly Fixture[] = present ? (load('index.json') as readonly Fixture[]) : [];
const tagsOf = (file: string): readonly string[] => index.find((entry) => entry.file === file)?.tags ?? [];

/** What a payload is about, in the words of its server. */
function itemIn(kind: ServerKind, payload: Data): { id: string; type: string } {
  const item = kind === 'plex' ? objectAt(payload, 'Metadata') : kind === 'emby' ? objectAt(payload, 'Item') : payload;
  const [id, type] = kind === 'plex' ? [item.ratingKey, item.type] : kind === 'emby' ? [item.Id, item.Type] : [item.ItemId, item.ItemType];
  return { id: String(id ?? ''), type: String(type ?? '').toLowerCase() };
}

/** The same payload, from the fake's own server and its owner. */
function fromFake(kind: ServerKind, payload: Data, home: Household): Data {
  const { uuid, owner } = home.fake(kind);
  if (kind === 'jellyfin') return { ...payload, ServerId: uuid, ...('UserId' in payload && { UserId: owner.id }) };
  const server = objectAt(payload, 'Server');
  if (kind === 'emby') {
    const user = 'User' in payload ? { User: { ...objectAt(payload, 'User'), Id: owner.id } } : {};
    return { ...payload, Server: { ...server, Id: uuid }, ...user };
  }
  return { ...payload, Server: { ...server, uuid }, Account: { ...objectAt(payload, 'Account'), id: Number(owner.id) } };
}

const AGENTS: Readonly<Record<ServerKind, string>> = {
  plex: 'PlexMediaServer/1.41',
  jellyfin: 'Jellyfin-Server/10.11',
  emby: 'Emby Server/4.9',
};

describe.skipIf(!present)(`webhooks as servers really send them, posted to a running house${absent}`, () => {
  let home: Household;
  let number = 0;
  beforeAll(async () => {
    home = await startHousehold();
    for (const kind of ['plex', 'jellyfin', 'emby'] as const) shelvesOf(home, kind);
    await connectAll(home);
    await importNow(home);
  }, 30_000);
  afterAll(() => home?.close());

  async function post(kind: ServerKind, payload: Data): Promise<Response> {
    const [account] = (await home.rooms.connections.list()).filter((one) => one.server.type === kind);
    if (!account) throw new Error(`no ${kind}`);
    const token = await home.rooms.connections.webhookTokenOf(account);
    const text = JSON.stringify(fromFake(kind, payload, home));
    const form = new FormData();
    form.append('payload', text);
    const headers = {
      'user-agent': AGENTS[kind],
      ...(kind !== 'plex' && { 'content-type': kind === 'emby' ? 'application/json' : 'text/plain' }),
    };
    return fetch(`${home.address}/v1/api/webhook?apikey=${token}`, { method: 'POST', headers, body: kind === 'plex' ? form : text });
  }

  /** The item of the payload on the fake, with ids of its own, unless the payload is about one that has none. */
  function put(kind: ServerKind, file: string, { id, type }: { id: string; type: string }): void {
    number += 1;
    const ids = tagsOf(file).includes('missing-ids') ? {} : { imdb: `tt${8_000_000 + number}`, tvdb: String(990_000 + number) };
    const { movies, shows } = shelvesOf(home, kind);
    const show = { upstreamId: `9${number}000`, title: `Show ${number}`, ids: {} };
    if (type === 'movie') home.fake(kind).addTitle(movies, { kind: 'movie', title: file, upstreamId: id, ids });
    else home.fake(kind).addTitle(shows, { kind: 'episode', title: file, upstreamId: id, ids, show, season: 1, episodes: [1] });
  }

  const SHOWS_WATCHED = /scrobble|markplayed|TogglePlayed-movie-played|PlaybackFinished/;
  const all = (['plex', 'jellyfin', 'emby'] as const).flatMap((kind) => filesOf(kind, /^webhook-/).map((file) => [file, kind] as const));

  it('are there to be posted', () => expect(all.length).toBeGreaterThan(30));

  it.each(all)('%s is applied, or left alone for a reason', async (file, kind) => {
    const payload = load(file) as Data;
    const item = itemIn(kind, payload);
    const real = item.type === 'movie' || item.type === 'episode';
    if (real && item.id !== '') put(kind, file, item);
    const reply = await post(kind, payload);
    expect([200, 304]).toContain(reply.status);
    if (reply.status === 304) expect(reply.headers.get('x-usherr-reason')?.length).toBeGreaterThan(10);
    // What has an item and an id and says something about it is applied.
    const silent = tagsOf(file).some((tag) => ['ignore', 'missing-ids', 'rating', 'deleted'].includes(tag));
    // A payload without the item's id is resolved by its guid, which the fake does not know.
    if (real && item.id === '' && !tagsOf(file).includes('rating'))
      return expect([reply.status, reply.headers.get('x-usherr-reason')]).toEqual([304, expect.stringMatching(/no such item|neither/)]);
    if (real && !silent) expect(reply.status, reply.headers.get('x-usherr-reason') ?? '').toBe(200);
    if (!real || tagsOf(file).includes('ignore')) expect(reply.status).toBe(304);
    if (SHOWS_WATCHED.test(file) && !silent) {
      const [account] = (await home.rooms.connections.list()).filter((one) => one.server.type === kind);
      if (account) expect((await standing(home, account, item.id)).viewing).toMatchObject({ watched: true });
    }
    await settled(home);
  });
});

type Server = Readonly<{ baseUrl: string; close(): Promise<void> }>;
type Answer = (request: MoodyRequest) => MoodyReply | undefined;

/** A server that answers with these payloads and nothing else. */
const serve = (answer: Answer): Promise<Server> =>
  createMoodyHttp({
    handler: (request) => answer(request) ?? { status: 404, body: {} },
    unauthorizedReply: () => ({ status: 401 }),
    emptyPageReply: () => ({ body: {} }),
    isLaterPage: () => false,
    isChange: () => false,
  });

const itemsIn = (file: string): readonly Data[] => {
  const body = load(file) as Data;
  return (body.Items ?? objectAt(body, 'MediaContainer').Metadata ?? []) as Data[];
};

const PLEX_UUID = 'a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0';

/** A Plex whose only library holds the items of one payload. */
function plexWith(file: string): Answer {
  const items = itemsIn(file);
  const episodes = items.some((item) => item.type === 'episode');
  const shows = filesOf('plex', /all-shows/).flatMap(itemsIn);
  const container = (content: Data): MoodyReply => ({ body: { MediaContainer: content } });
  const page = (list: readonly Data[], { query, headers }: MoodyRequest): MoodyReply => {
    const start = Number(headers['x-plex-container-start'] ?? query['X-Plex-Container-Start'] ?? 0);
    const size = Number(headers['x-plex-container-size'] ?? query['X-Plex-Container-Size'] ?? 1_000);
    const part = list.slice(start, start + size);
    return container({ size: part.length, totalSize: list.length, offset: start, ...(part.length > 0 && { Metadata: part }) });
  };
  return (request) => {
    const path = request.path.replace(/\/+$/, '');
    if (path === '/identity') return container({ size: 0, machineIdentifier: PLEX_UUID, version: '1.41.3' });
    if (path === '') return container({ size: 0, machineIdentifier: PLEX_UUID, friendlyName: 'Payloads', version: '1.41.3' });
    if (path === '/accounts') return { body: load('plex/response-accounts.json') };
    if (path === '/status/sessions') return { body: load('plex/response-status-sessions-official.json') };
    if (path === '/library/sections') {
      const [sample] = objectAt(load('plex/response-library-sections.json') as Data, 'MediaContainer').Directory as Data[];
      return container({ size: 1, Directory: [{ ...sample, key: '1', type: episodes ? 'show' : 'movie' }] });
    }
    if (path === '/library/sections/1/all') {
      const { type } = request.query;
      return page(type === '2' ? shows : items, request);
    }
    const found = items.find((item) => path === `/library/metadata/${String(item.ratingKey)}`);
    return found && container({ size: 1, Metadata: [found] });
  };
}

const USER = '11111111111111111111111111111111';

/** A Jellyfin or an Emby whose only library holds the items of one payload. */
function mediaBrowserWith(kind: 'jellyfin' | 'emby', file: string): Answer {
  const items = itemsIn(file);
  const series = filesOf(kind, /items-series/).flatMap(itemsIn);
  const type = items.some((item) => item.Type === 'Episode') ? 'tvshows' : 'movies';
  const list = (of: readonly Data[]): MoodyReply => ({ body: { Items: of, TotalRecordCount: of.length, StartIndex: 0 } });
  return ({ path: sent, query: given }) => {
    const path = sent.replace(/^\/emby\b/, '');
    const query = Object.fromEntries(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]));
    if (path === '/System/Info' || path === '/System/Info/Public') {
      return { body: { Id: `${kind}-payloads`, ServerName: 'Payloads', Version: kind === 'jellyfin' ? '10.11.8' : '4.9.1.80' } };
    }
    if (path === `/Users/${USER}`) return { body: { Id: USER, Name: 'owner', Policy: { IsAdministrator: true } } };
    if (path === '/Users' || path === '/Users/Query') return list([{ Id: USER, Name: 'owner' }]);
    if (path === '/Sessions') return { body: load(`${kind}/response-sessions-${kind === 'emby' ? 'minimal' : 'music-playing'}.json`) };
    if (path === '/UserViews' || path === `/Users/${USER}/Views`) {
      return list([{ Id: 'lib', Name: 'Library', CollectionType: type, Type: 'CollectionFolder' }]);
    }
    if (path !== '/Items' && path !== `/Users/${USER}/Items`) return undefined;
    if (query.includeitemtypes === 'Series') return list(series);
    return list(query.ids === undefined ? items : items.filter((item) => query.ids?.split(',').includes(String(item.Id))));
  };
}

describe.skipIf(!present)(`answers as servers really give them, served as the page of a library${absent}`, () => {
  const pages = [
    ...filesOf('plex', /^response-(library-all-(movie|episode)|library-metadata|metadata|allLeaves|empty-container)/).map(
      (file) => ['plex', file] as const,
    ),
    ...filesOf('jellyfin', /^response-items-(movies|episodes|virtual)/).map((file) => ['jellyfin', file] as const),
    ...filesOf('emby', /^response-user-items/).map((file) => ['emby', file] as const),
  ];

  it('are there to be served', () => expect(pages.length).toBeGreaterThanOrEqual(11));

  it.each(pages)('of %s: %s is imported without an error, twice the same', async (kind, file) => {
    const server = await serve(kind === 'plex' ? plexWith(file) : mediaBrowserWith(kind, file));
    const home = await startHousehold({ servers: [] });
    try {
      const account = await home.rooms.connections.create({
        personId: MAIN_PERSON,
        name: 'payloads',
        type: kind,
        url: server.baseUrl,
        token: 'token-of-the-payloads',
        user: kind === 'plex' ? '1' : USER,
        importEnabled: true,
        exportEnabled: false,
        consent: 'given',
      });
      const first = await importNow(home);
      const again = await importNow(home);
      expect([...first, ...again].filter((line) => line.level === 'error')).toEqual([]);
      expect((await home.rooms.connections.byId(account.id)).health.state).toBe('ok');
      const identified = itemsIn(file).filter(
        (item) => isRecord(item) && ('Guid' in item || Object.keys(objectAt(item, 'ProviderIds')).length > 0),
      );
      const known = await Promise.all(
        identified.map(async (item) => (await standing(home, account, String(item.ratingKey ?? item.Id))).mediaIds.length > 0),
      );
      expect(known.filter((one) => !one).length, `of ${known.length} items with ids`).toBe(file.includes('virtual') ? known.length : 0);
      expect(again.find((line) => line.text.includes(' new, '))?.text).toMatch(/ 0 new, 0 plays, 0 un-watched/);
    } finally {
      await home.close();
      await server.close();
    }
  });
});
