import { rmSync, writeFileSync } from 'node:fs';
import { MAIN_PERSON } from '#core/people/index.ts';
import type { JobId } from '#kernel/ids.ts';
import { type Films, openFilms, SUBRIP } from '#tests/support/films.ts';
import { API_KEY, eventually, type Household, type ServerKind, startHousehold } from '#tests/support/household.ts';
import { importNow, settled } from '#tests/support/journey.ts';

/** One request. Without `headers` it comes from the owner; `failing` is a server that is ill while it is made. */
export type Ask = Readonly<{
  path: string;
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
  failing?: ServerKind;
  /** Another house than the one that all others ask. */
  at?: Household;
}>;

/** A row of the contract, a status that it lists, and a request that is answered so. */
export type Case = readonly [row: string, status: number, ask: string | Ask | ((world: World) => Ask | string | Promise<Ask | string>)];

export type World = Awaited<ReturnType<typeof openWorld>>;

/** `Plain` can be played, `Broken` is no film, `Gone` has left, `Bare` has no file that can be read from here. */
const TITLES = ['Plain', 'Broken', 'Gone', 'Bare'] as const;
export type TitleName = (typeof TITLES)[number];

export const PASSWORD = 'a long enough password';
/** An identity that nobody has. */
export const NOBODY = { 'x-user': 'nobody', 'x-apikey': API_KEY };

/** A household with everything that some row is about: three servers, films, an identity, a house that has no owner yet. */
export async function openWorld() {
  const films: Films = openFilms();
  films.make('Plain.mkv', { subtitles: SUBRIP });
  writeFileSync(films.path('Plain.en.srt'), SUBRIP);
  writeFileSync(films.path('Broken.mkv'), 'this is no film');
  films.ffmpeg('-i', films.path('Plain.mkv'), '-c', 'copy', films.path('Gone.mkv'));
  const home = await startHousehold();
  const empty = await startHousehold({ servers: [], environment: { USHERR_ADMIN_USERNAME: '', USHERR_ADMIN_PASSWORD: '' } });
  const libraries = {} as Record<ServerKind, string>;
  const items = {} as Record<ServerKind, string>;
  for (const kind of ['plex', 'jellyfin', 'emby'] as const) {
    const fake = home.fake(kind);
    libraries[kind] = fake.addLibrary({ name: 'Films', kind: 'movies' });
    for (const [index, title] of TITLES.entries()) {
      const path = title === 'Bare' ? `/nowhere/${title}.mkv` : films.path(`${title}.mkv`);
      const id = fake.addTitle(libraries[kind], { kind: 'movie', title, year: 2000 + index, ids: { imdb: `tt000000${index + 1}` }, path });
      if (title === 'Plain') items[kind] = id;
    }
    await home.addBackend(kind, { exportEnabled: false });
  }
  await importNow(home);
  const { body } = await home.get('/v1/api/history?perpage=100');
  const ids = Object.fromEntries((body as { history: { id: number; title: TitleName }[] }).history.map(({ id, title }) => [title, id]));
  const { body: login } = await home.send('POST', '/v1/api/system/auth/login', { username: 'owner', password: PASSWORD });
  const { token: userToken } = login as { token: string };

  const call = (method: string, path: string, content?: unknown) =>
    method === 'GET' ? home.get(`/v1/api${path}`) : home.send(method, `/v1/api${path}`, content);

  const ended = async (id: string): Promise<void> => void (await home.rooms.jobs.settled(id as JobId, AbortSignal.timeout(25_000)));

  return {
    home,
    empty,
    films,
    libraries,
    items,
    call,
    ids: ids as Record<TitleName, number>,
    /** The headers of a person who has signed in. */
    signedIn: { authorization: `Bearer ${userToken}`, 'x-apikey': '' },

    /** What opens a title's file to a player. */
    async token(title: TitleName): Promise<string> {
      const { status, body: made } = await call('POST', `/system/sign/${ids[title]}`, { path: films.path(`${title}.mkv`) });
      if (status !== 200) throw new Error(`${title} was not signed: ${status} ${JSON.stringify(made)}`);
      return (made as { token: string }).token;
    },

    /** The token of a file that was there when it was signed. */
    async lostToken(): Promise<string> {
      const token = await this.token('Gone');
      rmSync(films.path('Gone.mkv'), { force: true });
      return token;
    },

    /** An import that is under way and goes on for some seconds, since every server takes its time with one answer. */
    async busyImport(): Promise<string> {
      await settled(home, 20_000);
      for (const fake of home.fakes) {
        fake.forgetCalls();
        fake.setMood('slow', { delayMs: 4_000 });
      }
      const { body: made } = await call('POST', '/tasks/import/queue');
      const { id } = made as { id: string };
      await eventually(async () => {
        const { body: event } = await call('GET', `/system/events/${id}`);
        if ((event as { status: number }).status !== 1) throw new Error('it does not run yet');
        if (!home.fakes.some((fake) => fake.calls.length > 0)) throw new Error('no server was asked yet');
      });
      for (const fake of home.fakes) fake.setMood('fine');
      return id;
    },

    later: (task: string) => call('POST', '/system/events', { event: 'system:task', event_data: { name: task }, DELAY_BY: 3_600 }),

    /** Somebody who is there on two servers has been made one person. */
    async twins(): Promise<void> {
      for (const kind of ['plex', 'jellyfin'] as const) home.fake(kind).addUser({ name: 'twin' });
      await call('POST', '/identities/provision', { mode: 'create' });
    },

    /** Whether events of the account are taken; the title that they are about is as they tell. */
    async listenTo(kind: ServerKind, importEnabled: boolean, played: boolean): Promise<void> {
      const account = await home.rooms.connections.get(MAIN_PERSON, kind);
      await home.rooms.connections.update(account.id, { importEnabled }, { verify: false });
      const fake = home.fake(kind);
      fake.setState(fake.owner.id, items[kind], { played, playCount: Number(played), lastPlayedAt: Date.now() });
    },

    /** A portable backup of main's history. */
    async backup(): Promise<void> {
      const { body: made } = await call('POST', '/tasks/backup/queue');
      await ended((made as { id: string }).id);
    },

    async close(): Promise<void> {
      await home.close();
      await empty.close();
      films.close();
    },
  };
}

/** Makes the request of a case; answers the status. */
export async function answerTo(world: World, [row, , given]: Case): Promise<number> {
  const asked = typeof given === 'function' ? await given(world) : given;
  const { path, body, headers, failing, at = world.home }: Ask = typeof asked === 'string' ? { path: asked } : asked;
  const [method = '', pattern = ''] = row.split(' ');
  if (!formOf(pattern).test(path.split('?', 1)[0] ?? '')) throw new Error(`${path} is no path of ${row}`);
  if (failing) world.home.fake(failing).setMood('server-error');
  try {
    const isText = typeof body === 'string' || body instanceof FormData;
    const reply = await fetch(`${at.address}/v1/api${path}`, {
      method,
      ...(body !== undefined && { body: isText ? body : JSON.stringify(body) }),
      headers: { 'x-apikey': API_KEY, ...(body !== undefined && !isText && { 'content-type': 'application/json' }), ...headers },
    });
    await reply.arrayBuffer();
    return reply.status;
  } finally {
    if (failing) world.home.fake(failing).setMood('fine');
  }
}

const formOf = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replaceAll(/[.+]/g, '\\$&')
      .replace('{fake\\.\\.\\.}', '.+')
      .replace('{file}', '.+')
      .replaceAll(/\{[^}]*\}/g, '[^/]+')}/?$`,
  );
