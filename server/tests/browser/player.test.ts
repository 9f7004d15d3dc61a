import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChromium } from '#tests/support/chromium.ts';
import { type Films, openFilms, SUBRIP } from '#tests/support/films.ts';
import { type Household, startHousehold } from '#tests/support/household.ts';
import { importNow } from '#tests/support/journey.ts';
import { createWatchstateApi } from '#tests/support/watchstate-api.ts';

const HLS = readFileSync(createRequire(import.meta.url).resolve('hls.js/dist/hls.min.js'));
const SECONDS = 24;

/** A player page as small as one can be, on a host of its own, as a web page of somebody else is. */
const PAGE = `<!doctype html><meta charset="utf-8"><title>Player</title><video muted width="640"></video><script src="/hls.js"></script><script>
const video = document.querySelector('video');
const hls = new Hls({ enableWorker: false });
window.faults = [];
hls.on(Hls.Events.ERROR, (_, data) => window.faults.push(data.type + ' ' + data.details));
video.addEventListener('loadedmetadata', () => { hls.subtitleTrack = 0; }, { once: true });
hls.loadSource(new URLSearchParams(location.search).get('source'));
hls.attachMedia(video);
window.cues = () => [...video.textTracks].flatMap((track) => [...(track.activeCues ?? [])]).map((cue) => cue.text);
</script>`;

let browser: Browser;
let home: Household;
let films: Films;
let pages: Server;

beforeAll(async () => {
  browser = await openChromium();
  films = openFilms();
  films.make('Film.mkv', { seconds: SECONDS, gop: 50 });
  writeFileSync(films.path('Film.en.srt'), SUBRIP);
  home = await startHousehold({ servers: ['jellyfin'] });
  const jellyfin = home.fake('jellyfin');
  const library = jellyfin.addLibrary({ name: 'Films', kind: 'movies' });
  jellyfin.addTitle(library, { kind: 'movie', title: 'Film', year: 2000, ids: { imdb: 'tt0000001' }, path: films.path('Film.mkv') });
  await home.addBackend('jellyfin', { exportEnabled: false });
  await importNow(home);
  pages = createServer((request, response) => {
    const isScript = request.url === '/hls.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html').end(isScript ? HLS : PAGE);
  });
  await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await home?.close();
  films?.close();
  await new Promise((resolve) => pages.close(resolve));
});

async function open(config: Record<string, unknown>): Promise<Page> {
  const api = createWatchstateApi(home);
  const { json } = await api.call('GET', '/history');
  const [row] = json.history as { id: number }[];
  const signed = await api.call('POST', `/system/sign/${row?.id}`, { path: films.path('Film.mkv'), config });
  const page = await browser.newPage();
  const source = `${home.address}/v1/api/player/playlist/${String(signed.json.token)}/Film.m3u8`;
  await page.goto(`http://127.0.0.1:${(pages.address() as AddressInfo).port}/?source=${encodeURIComponent(source)}`);
  return page;
}

const currentTime = (page: Page) => page.evaluate('document.querySelector("video").currentTime') as Promise<number>;

describe.each([
  ['as it is', {}],
  ['encoded', { direct_play: false }],
])('a film in Chromium, %s', (_how, config) => {
  it('plays with its subtitles, on from where a person jumps to, and to its end', async () => {
    const page = await open(config);
    await page.waitForFunction('document.querySelector("video").readyState >= 3');
    expect(await page.evaluate('document.querySelector("video").duration')).toBeCloseTo(SECONDS, 0);
    await page.evaluate('document.querySelector("video").play()');
    await page.waitForFunction('window.cues().includes("Hello <i>there</i>")');
    // The line begins one second after the first picture, whatever the player takes for the beginning of all time.
    const lag = 'document.querySelector("video").textTracks[0].cues[0].startTime - document.querySelector("video").buffered.start(0)';
    expect(await page.evaluate(lag)).toBeCloseTo(1, 1);
    const at = await currentTime(page);
    expect([at > 0.9, at < 4.2]).toEqual([true, true]);
    await page.waitForFunction(`document.querySelector("video").currentTime > ${at + 0.5}`);

    await page.evaluate('document.querySelector("video").currentTime = 17.5');
    await page.waitForFunction('document.querySelector("video").currentTime > 18');
    // Once it has been loaded there is no hole in it: what is buffered is one range from the jump to the end.
    await page.waitForFunction('document.querySelector("video").ended');
    const buffered = await page.evaluate(
      '(() => { const { buffered } = document.querySelector("video"); return Array.from({ length: buffered.length }, (_, n) => [buffered.start(n), buffered.end(n)]); })()',
    );
    const [last] = (buffered as [number, number][]).slice(-1);
    expect([(last?.[0] ?? 99) <= 17.5, (last?.[1] ?? 0) > SECONDS - 0.2]).toEqual([true, true]);
    expect(await page.evaluate('document.querySelector("video").getVideoPlaybackQuality().totalVideoFrames')).toBeGreaterThan(100);
    // A machine that is busy makes the player wait, which is no fault of the film.
    const faults = (await page.evaluate('window.faults')) as string[];
    expect(faults.filter((fault) => fault !== 'mediaError bufferStalledError')).toEqual([]);
    await page.close();
  });
});
