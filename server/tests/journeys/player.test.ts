import { existsSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MEDIA_FOLDERS, PATH_MAPPINGS } from '#core/connections/index.ts';
import type { FakeTitle } from '#core/upstreams/media-server.fake.ts';
import { packagedFonts } from '#tests/support/chromium.ts';
import { type Films, openFilms, SUBRIP } from '#tests/support/films.ts';
import { eventually, type Household, startHousehold } from '#tests/support/household.ts';
import { importNow } from '#tests/support/journey.ts';
import { createWatchstateApi, type Failure } from '#tests/support/watchstate-api.ts';

const ACTOR = { kind: 'login', id: 1, name: 'owner' };
const KEPT = { 'if-modified-since': 'Thu, 01 Jan 2026 00:00:00 GMT' };

let home: Household;
let films: Films;
let api: ReturnType<typeof createWatchstateApi>;
const ids = new Map<string, number>();

const idOf = (title: string): number => ids.get(title) ?? expect.fail(`there is no ${title}`);
const titleOf = (title: string, path: string): FakeTitle => ({
  kind: 'movie',
  title,
  year: 2000,
  ids: {
    imdb: `tt${Buffer.from(title)
      .reduce((sum, byte) => (sum * 31 + byte) % 9_999_999, 1)
      .toString()
      .padStart(7, '0')}`,
  },
  path,
});

beforeAll(async () => {
  films = openFilms();
  films.make('Plain.mkv', { subtitles: SUBRIP });
  writeFileSync(films.path('Plain.en.srt'), SUBRIP);
  writeFileSync(
    films.path('Plain.forced.fr.ass'),
    '[Script Info]\n\n[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{\\i1}Oui{\\i0}\n',
  );
  writeFileSync(films.path('Plain 2.en.srt'), SUBRIP);
  writeFileSync(films.path('Broken.mkv'), 'this is no film');
  writeFileSync(films.path('Playlist.mkv'), `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n${films.path('Plain.mkv')}\n#EXT-X-ENDLIST\n`);
  writeFileSync(films.path('Concat.mkv'), `ffconcat version 1.0\nfile 'Plain.mkv'\n`);
  // Text is drawn with fonts, and a bare machine has none.
  home = await startHousehold({ servers: ['plex', 'jellyfin'], environment: { FONTCONFIG_FILE: packagedFonts() } });
  api = createWatchstateApi(home);
  const [plex, jellyfin] = [home.fake('plex'), home.fake('jellyfin')];
  const onPlex = plex.addLibrary({ name: 'Films', kind: 'movies' });
  const onJellyfin = jellyfin.addLibrary({ name: 'Films', kind: 'movies' });
  for (const name of ['Plain', 'Broken', 'Playlist', 'Concat', 'Missing', 'Later'])
    plex.addTitle(onPlex, titleOf(name, `/plex/films/${name}.mkv`));
  jellyfin.addTitle(onJellyfin, titleOf('Plain', films.path('Plain.mkv')));
  plex.addTitle(onPlex, titleOf('Elsewhere on Windows', 'Z:\\Films\\Elsewhere.mkv'));
  const account = await home.addBackend('plex', { exportEnabled: false });
  await home.addBackend('jellyfin', { exportEnabled: false });
  await home.rooms.settings.set(PATH_MAPPINGS, [{ from: '/plex/films', to: films.folder }], { actor: ACTOR, subject: account.id });
  await importNow(home);
  const { body } = await home.get('/v1/api/history?perpage=100');
  for (const row of (body as { history: { id: number; title: string }[] }).history) ids.set(row.title, row.id);
}, 120_000);
afterAll(async () => {
  await home?.close();
  films?.close();
});

const sign = (title: string, wish: Record<string, unknown> = {}, headers?: Record<string, string>) =>
  api.call('POST', `/system/sign/${idOf(title)}`, { path: films.path(`${title}.mkv`), ...wish }, headers);
const tokenFor = async (title: string, config?: unknown): Promise<string> => {
  const { status, json } = await sign(title, { config });
  expect([status, json]).toEqual([200, expect.objectContaining({ token: expect.stringMatching(/^play-[0-9a-f]{32}$/) })]);
  return String(json.token);
};

/** As a player asks: without any credential. */
async function play(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(path.startsWith('http') ? path : `${home.address}${path.startsWith('/v1') ? '' : '/v1/api/player'}${path}`, {
    headers,
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, bytes, text: bytes.toString('utf8') };
}
const urlsIn = (playlist: string): string[] => playlist.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
const faultOf = ({ text }: { text: string }): Failure['error'] => (JSON.parse(text) as Failure).error;

describe('a title with its files', () => {
  it('shows each file once, with what is in it, beside it, and what can play it', async () => {
    const { json } = await api.call('GET', `/history/${idOf('Plain')}?files=1`);
    expect(json).toMatchObject({
      content_path: '/plex/films/Plain.mkv',
      content_exists: true,
      files: [
        {
          path: films.path('Plain.mkv'),
          source: ['plex', 'jellyfin'],
          state: 'there',
          subtitles: [films.path('Plain.en.srt'), films.path('Plain.forced.fr.ass')],
        },
      ],
      hardware: { codecs: expect.arrayContaining([{ codec: 'libx264', name: 'H.264 (CPU) (All)', hwaccel: false }]) },
    });
    const [file] = json.files as { ffprobe: { streams: { codec_name: string }[]; format: { filename: string } } }[];
    expect(file?.ffprobe.streams.map((stream) => stream.codec_name)).toEqual(['h264', 'aac', 'subrip']);
    expect(file?.ffprobe.format.filename).toBe(films.path('Plain.mkv'));
    expect((await api.call('GET', `/history/${idOf('Plain')}`)).json).not.toHaveProperty('files');
  });

  it.each([
    ['Broken', 'there', 'Broken.mkv'],
    ['Playlist', 'there', 'Playlist.mkv'],
    ['Concat', 'there', 'Concat.mkv'],
    ['Missing', 'missing', undefined],
    ['Elsewhere on Windows', 'unknown', undefined],
  ])('tells of %s that it is %s, and why it cannot be read', async (title, state, error) => {
    const { status, json } = await api.call('GET', `/history/${idOf(title)}?files=1`);
    const [file] = json.files as { ffprobe: unknown; error?: string; state: string }[];
    expect([status, file?.state, file?.ffprobe]).toEqual([200, state, { streams: [], format: {} }]);
    if (error === undefined) expect(file).not.toHaveProperty('error');
    else expect(file?.error).toContain(error);
  });
});

describe('signing a file', () => {
  it('takes the path as a server names it, and as it is here', async () => {
    const before = Date.now();
    const { status, json } = await sign('Plain', { path: '/plex/films/Plain.mkv', time: 'PT2H' });
    expect([status, json.token]).toEqual([200, expect.stringMatching(/^play-[0-9a-f]{32}$/)]);
    expect(Date.parse(String(json.expires)) - before).toBeGreaterThan(7_198_000);
    expect(Date.parse(String(json.expires)) - before).toBeLessThan(7_260_000);
    expect((await sign('Plain')).json.token).not.toBe(json.token);
  });

  it.each<[string, string, Record<string, unknown>, number, string]>([
    ['no path', 'Plain', { path: '' }, 400, 'path'],
    ['a path that no server named', 'Plain', { path: '/etc/hostname' }, 400, 'path'],
    ['the path of another title', 'Plain', { path: '/plex/films/Broken.mkv' }, 400, 'path'],
    ['a named path, spelt otherwise', 'Plain', { path: '/plex/films/../films/Plain.mkv' }, 400, 'path'],
    ['a path of another machine', 'Elsewhere on Windows', { path: 'Z:\\Films\\Elsewhere.mkv' }, 400, 'path'],
    ['a time that is none', 'Plain', { time: 'tomorrow' }, 400, 'time'],
    ['a time without an end', 'Plain', { time: 'P1Y' }, 400, 'time'],
    ['a week and more', 'Plain', { time: 'P8D' }, 400, 'time'],
    ['a config that is none', 'Plain', { config: [1] }, 400, 'config'],
    ['a wrong member of it', 'Plain', { config: { audio: 'x' } }, 400, 'config.audio'],
    ['a subtitle that is not beside it', 'Plain', { config: { subtitle: '/etc/hostname' } }, 400, 'config.subtitle'],
  ])('refuses %s', async (_what, title, wish, status, field) => {
    const { status: given, fault } = await sign(title, wish);
    expect([given, fault.error.fields?.map((one) => one.field)]).toEqual([status, [field]]);
  });

  it('ends with the person that it was for', async () => {
    const mia = await home.rooms.people.create('mia');
    const user = home.fake('jellyfin').addUser({ name: 'mia' });
    await home.addBackend('jellyfin', { as: user, personId: mia.id, exportEnabled: false });
    await importNow(home, { person: mia.id });
    const { status, json } = await sign('Plain', {}, { 'x-user': 'mia' });
    expect(status).toBe(200);
    const { status: other, json: own } = await sign('Plain');
    expect(other).toBe(200);
    await home.send('DELETE', '/v1/api/identities/mia');
    expect((await api.call('GET', `/player/playlist/${json.token}`)).status).toBe(400);
    expect((await home.get(`/v1/api/player/playlist/${own.token}`)).status).toBe(200);
  });

  it('is 400 for a record that does not exist, 404 for a file, and needs credentials', async () => {
    expect((await api.call('POST', '/system/sign/999999', { path: '/x.mkv' })).fault.error).toMatchObject({
      code: 400,
      fields: [{ field: 'id' }],
    });
    expect((await sign('Missing')).status).toBe(404);
    expect((await sign('Plain', {}, { 'x-apikey': 'wrong-key-0123' })).status).toBe(401);
  });

  it('is for those who run the house, until folders are named', async () => {
    const person = await api.keyFor('person', ['read', 'write']);
    expect((await sign('Plain', {}, person)).fault.error).toMatchObject({
      code: 403,
      message: expect.stringContaining('connections.media-folders'),
    });
    expect((await api.call('GET', `/history/${idOf('Plain')}?files=1`, undefined, person)).json).toMatchObject({
      content_exists: false,
      files: [{ state: 'unknown', ffprobe: { streams: [] } }],
    });
    await home.rooms.settings.set(MEDIA_FOLDERS, [films.folder], { actor: ACTOR });
    expect((await sign('Plain', {}, person)).status).toBe(200);
    await home.rooms.settings.set(MEDIA_FOLDERS, [join(films.folder, 'other')], { actor: ACTOR });
    expect((await sign('Plain')).status).toBe(403);
    await home.rooms.settings.reset(MEDIA_FOLDERS, { actor: ACTOR });
  });
});

describe('playing a file', () => {
  it('leads from the token to segments of the film as it is', async () => {
    const token = await tokenFor('Plain');
    const master = await play(`/playlist/${token}/Plain.m3u8`);
    expect([master.status, master.headers.get('content-type'), master.headers.get('access-control-allow-origin')]).toEqual([
      200,
      'application/x-mpegurl',
      '*',
    ]);
    expect(master.text).toContain('NAME="(x) English (SRT)",LANGUAGE="en",DEFAULT=NO,AUTOSELECT=YES,FORCED=NO');
    expect(master.text).toContain('NAME="(x) French (ASS)",LANGUAGE="fr",DEFAULT=NO,AUTOSELECT=YES,FORCED=YES');
    expect(master.text).toContain(`NAME="(i) German (subrip)",LANGUAGE="ger"`);
    const [mediaUrl = ''] = urlsIn(master.text);
    const media = await play(mediaUrl);
    expect([media.status, media.headers.get('content-type')]).toEqual([200, 'application/x-mpegurl']);
    const segments = urlsIn(media.text);
    expect(segments).toEqual([`/v1/api/player/segments/${token}/0.ts`, `/v1/api/player/segments/${token}/1.ts`]);
    const made = await Promise.all(segments.map((url) => play(url)));
    expect(made.map(({ status, headers }) => [status, headers.get('content-type'), Number(headers.get('x-transcode-time')) < 5])).toEqual([
      [200, 'video/mpegts', true],
      [200, 'video/mpegts', true],
    ]);
    writeFileSync(films.path('whole.ts'), Buffer.concat(made.map((one) => one.bytes)));
    films.ffmpeg('-i', films.path('Plain.mkv'), '-map', '0:v', '-map', '0:a', '-c', 'copy', films.path('at-once.ts'));
    const sums = (name: string) => films.packets(films.path(name)).map(({ stream, sum }) => `${stream} ${sum}`);
    expect(sums('whole.ts').toSorted()).toEqual(sums('at-once.ts').toSorted());
  });

  it('tells whoever has an answer already to keep it, and reveals how it was made only to those who ask', async () => {
    const token = await tokenFor('Plain');
    for (const path of [
      `/m3u8/${token}`,
      `/m3u8/${token}/x.m3u8`,
      `/segments/${token}/0.ts`,
      `/subtitle/${token}/x0.vtt`,
      `/subtitle/${token}/webvtt.x0.m3u8`,
    ]) {
      expect([path, (await play(path, KEPT)).status]).toEqual([path, 304]);
    }
    const plain = await play(`/segments/${token}/1`);
    expect([plain.status, plain.headers.get('x-ffmpeg'), plain.headers.get('cache-control')]).toEqual([
      200,
      null,
      expect.stringMatching(/^private, max-age=86\d{3}$/),
    ]);
    const [mediaUrl = ''] = urlsIn((await play(`/playlist/${token}?debug=1&sd=4`)).text);
    expect(mediaUrl).toMatch(/\?sd=4&debug=1$/);
    const [first = ''] = urlsIn((await play(mediaUrl)).text);
    const told = await play(first);
    expect([told.status, told.headers.get('x-ffmpeg')]).toEqual([200, expect.stringContaining('-c:v copy')]);
    expect(JSON.parse(told.headers.get('x-transcode-config') ?? '')).toMatchObject({ video: { how: 'copy' } });
  });

  it('encodes where it must, and can be told to', async () => {
    const token = await tokenFor('Plain', { direct_play: false, video_codec: 'libx264', debug: true });
    const segment = await play(`/segments/${token}/1.ts`);
    expect([segment.status, segment.headers.get('x-ffmpeg')]).toEqual([200, expect.stringContaining('libx264')]);
    writeFileSync(films.path('encoded.ts'), segment.bytes);
    const [first] = films.packets(films.path('encoded.ts')).filter((packet) => packet.stream === 0);
    expect([first?.key, ((first?.pts ?? 0) / 90_000 - 10).toFixed(1)]).toEqual([true, '6.0']);
  });

  it('burns subtitles into the picture, from beside the film and from within it', async () => {
    const plain = await tokenFor('Plain', { direct_play: false });
    const burned = [{ subtitle: films.path('Plain.en.srt') }, { subtitle: 2 }];
    const picture = async (token: string): Promise<string> => {
      const segment = await play(`/segments/${token}/0.ts`);
      expect([segment.status, segment.status === 200 ? '' : segment.text]).toEqual([200, '']);
      const path = films.path('picture.ts');
      writeFileSync(path, segment.bytes);
      return films.ffmpeg('-i', path, '-ss', '2', '-frames:v', '1', '-an', '-vf', 'crop=iw:40:0:ih-40,format=gray', '-f', 'framemd5', '-');
    };
    const clear = await picture(plain);
    const pictures = [];
    for (const config of burned) {
      const token = await tokenFor('Plain', config);
      expect((await play(`/playlist/${token}`)).text).not.toContain('SUBTITLES');
      pictures.push(await picture(token));
    }
    expect(new Set([clear, ...pictures]).size).toBeGreaterThan(1);
    expect(pictures).not.toContain(clear);
  });

  it('hands out subtitles as WebVTT that fits the times of the segments', async () => {
    const token = await tokenFor('Plain');
    const list = await play(`/subtitle/${token}/webvtt.x0.m3u8`);
    expect([list.status, list.headers.get('content-type'), urlsIn(list.text)]).toEqual([
      200,
      'application/x-mpegurl',
      [`/v1/api/player/subtitle/${token}/x0.vtt`],
    ]);
    for (const [track, line] of [
      ['x0', 'Hello <i>there</i>'],
      ['x1', '<i>Oui</i>'],
      ['i2', 'Hello <i>there</i>'],
    ]) {
      const first = await play(`/subtitle/${token}/${track}.vtt`);
      expect([first.status, first.headers.get('content-type'), first.headers.get('x-cache')]).toEqual([
        200,
        'text/vtt; charset=utf-8',
        'miss',
      ]);
      expect(first.text).toMatch(/^WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:900000,LOCAL:00:00:00.000\n/);
      expect(first.text).toContain(line);
      expect((await play(`/subtitle/${token}/${track}.vtt`)).headers.get('x-cache')).toBe('hit');
      expect((await play(`/subtitle/${token}/${track}.vtt?reload=1`)).headers.get('x-cache')).toBe('miss');
    }
  });

  it.each([
    ['a token that is none', '/playlist/play-0', 400, 'token'],
    ['a token that nobody made', `/m3u8/play-${'0'.repeat(32)}`, 400, 'token'],
    ['a segment of such a token', `/segments/play-${'0'.repeat(32)}/0.ts`, 400, 'token'],
    ['subtitles of such a token', `/subtitle/play-${'0'.repeat(32)}/x0.vtt`, 400, 'token'],
    ['a segment that is no number', '/segments/TOKEN/first.ts', 400, 'segment'],
    ['a segment that climbs', '/segments/TOKEN/..%2f..%2fusherr.db', 400, 'segment'],
    ['a segment after the last', '/segments/TOKEN/99.ts', 400, 'segment'],
    ['a length that is none', '/playlist/TOKEN?sd=0', 400, '?sd'],
    ['a subtitle of an unknown source', '/subtitle/TOKEN/y0.vtt', 400, 'source'],
    ['a subtitle without a number', '/subtitle/TOKEN/x.vtt', 400, 'file'],
    ['a subtitle that climbs', '/subtitle/TOKEN/..%2fx0.vtt', 400, 'file'],
    ['a subtitle that is not there', '/subtitle/TOKEN/x9.vtt', 400, 'index'],
    ['the playlist of one that is not there', '/subtitle/TOKEN/webvtt.x9.m3u8', 400, 'index'],
    ['sound for a subtitle', '/subtitle/TOKEN/i1.vtt', 400, 'index'],
  ])('refuses %s', async (_what, path, status, field) => {
    const answer = await play(path.replace('TOKEN', await tokenFor('Plain')));
    expect([answer.status, faultOf(answer)]).toEqual([
      status,
      expect.objectContaining({ code: status, fields: [expect.objectContaining({ field })] }),
    ]);
  });

  it.each(['Broken', 'Playlist', 'Concat'])(
    'is no film: %s is 500, and 400 where the page knows no 500; no other file is named',
    async (title) => {
      const token = await tokenFor(title);
      for (const [path, status] of [
        [`/playlist/${token}`, 500],
        [`/segments/${token}/0.ts`, 500],
        [`/m3u8/${token}`, 400],
        [`/subtitle/${token}/webvtt.x0.m3u8`, 400],
      ] as const) {
        const answer = await play(path);
        expect([answer.status, faultOf(answer).message]).toEqual([status, expect.stringContaining(`${title}.mkv`)]);
        expect(answer.text).not.toContain(films.folder);
        expect(answer.headers.get('cache-control') ?? '').not.toContain('max-age');
      }
    },
  );

  it('is 404 for the segments of a file that has gone, and 400 for its playlists', async () => {
    films.ffmpeg('-i', films.path('Plain.mkv'), '-c', 'copy', films.path('Missing.mkv'));
    const token = await tokenFor('Missing');
    renameSync(films.path('Missing.mkv'), films.path('Moved.mkv'));
    expect([(await play(`/segments/${token}/0.ts`)).status, (await play(`/subtitle/${token}/i2.vtt`)).status]).toEqual([404, 404]);
    expect([(await play(`/playlist/${token}`)).status, (await play(`/m3u8/${token}`)).status]).toEqual([400, 400]);
    // A link that leads to what was not signed is no way around.
    symlinkSync(join(home.config.dataDir, 'usherr.db'), films.path('Missing.mkv'));
    expect((await play(`/segments/${token}/0.ts`)).status).toBe(403);
  });

  it('is told of hardware that is not here', async () => {
    const token = await tokenFor('Plain', { video_codec: 'h264_vaapi', vaapi_device: '/dev/dri/renderD999' });
    const answer = await play(`/segments/${token}/0.ts`);
    expect([answer.status, faultOf(answer).message]).toEqual([400, expect.stringContaining('/dev/dri/renderD999')]);
  });

  it('keeps tokens out of the logs', async () => {
    const token = await tokenFor('Broken');
    await play(`/playlist/${token}`);
    await eventually(() => expect(home.logLines.join('')).toContain('Broken.mkv'));
    expect(home.logLines.join('')).not.toContain(token);
    const logs = join(home.config.dataDir, 'logs');
    const written = readdirSync(logs).map((name) => readFileSync(join(logs, name), 'utf8'));
    expect(written.join('')).toContain('/player/playlist/play-[hidden]');
    expect(written.join('')).not.toContain(token);
  });

  it('ends what runs, and every token, with the house; what it made lies in the data folder', async () => {
    films.ffmpeg(
      '-stream_loop',
      '-1',
      '-i',
      films.path('Plain.mkv'),
      '-map',
      '0:v',
      '-map',
      '0:a',
      '-c',
      'copy',
      '-t',
      '1200',
      films.path('Later.mkv'),
    );
    const token = await tokenFor('Later', { direct_play: false });
    expect((await play(`/segments/${token}/0.ts`)).status).toBe(200);
    expect(films.programsOn('Later.mkv')).toBe(existsSync('/proc') ? 1 : 0);
    const waiting = play(`/segments/${token}/100.ts`);
    await eventually(() => expect(films.programsOn('Later.mkv')).toBe(existsSync('/proc') ? 1 : 0));
    await home.restart();
    expect((await waiting).status).not.toBe(200);
    expect(films.programsOn('Later.mkv')).toBe(0);
    expect((await play(`/segments/${token}/0.ts`)).status).toBe(400);
    const cached = readdirSync(join(home.config.dataDir, 'cache', 'player'));
    expect([cached.length > 3, cached.filter((name) => name.startsWith('part-'))]).toEqual([true, []]);
  });
});
