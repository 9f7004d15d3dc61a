import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { MediaServer, MediaServerDriver, UpstreamConnection } from '#core/upstreams/index.ts';
import type { FakeMediaServer } from '#core/upstreams/media-server.fake.ts';
import { createEmbyFake } from '#integrations/emby/emby.fake.ts';
import { createEmbyDriver } from '#integrations/emby/index.ts';
import { createJellyfinDriver } from '#integrations/jellyfin/index.ts';
import { createJellyfinFake } from '#integrations/jellyfin/jellyfin.fake.ts';
import { createPlexDriver } from '#integrations/plex/index.ts';
import { createPlexFake } from '#integrations/plex/plex.fake.ts';
import { systemClock } from '#kernel/instant.ts';
import { type ApiDescription, readDescription } from '#tests/support/api-description.ts';
import { ago, alien, DAY, episodeOf, heat, MINUTE } from '#tests/support/journey.ts';
import { createRecordingProxy, type Exchange } from '#tests/support/recording-proxy.ts';

const folder = fileURLToPath(new URL('../../../../shared/specs/', import.meta.url));
const present = existsSync(folder);
const absent = present ? '' : ' (skipped: the folder ../shared/specs is not here)';

const call = { signal: AbortSignal.timeout(25_000) };

/** Everything that an account can ask of its server. */
async function useAll(server: MediaServer, fake: FakeMediaServer): Promise<void> {
  const movies = fake.addLibrary({ name: 'Movies', kind: 'movies' });
  const shows = fake.addLibrary({ name: 'Shows', kind: 'shows' });
  const id = fake.addTitle(movies, {
    ...alien,
    path: '/movies/Alien (1979)/Alien (1979).mkv',
    genres: ['Horror'],
    overview: 'In space.',
    releasedOn: '1979-05-25',
  });
  fake.addTitle(movies, heat);
  const episode = fake.addTitle(shows, episodeOf(1, { path: '/tv/Twin Peaks/Season 01/Twin Peaks - S01E01-E02.mkv', episodes: [1, 2] }));
  fake.setState(fake.owner.id, id, { played: true, playCount: 2, lastPlayedAt: ago(DAY), rating: 8, favorite: true });
  fake.startSession(fake.owner.id, episode);
  await server.identify(call);
  await server.listUsers(call);
  for (const library of await server.listLibraries(call)) {
    for await (const page of server.readLibrary(library, { ...call, pageSize: 1 })) expect(page.skipped).toEqual([]);
  }
  const item = await server.readItem(id, call);
  expect(item?.upstreamId).toBe(id);
  expect(await server.readItem(episode, call)).toBeDefined();
  expect(await server.readItem('4294967295', call)).toBeUndefined();
  await server.findByGuid?.('plex://movie/5d776825880197001ec90f94', call);
  await server.listSessions(call);
  for (const kind of ['poster', 'background'] as const)
    for (const how of [{}, { width: 342 }])
      expect(await server.readImage({ upstreamId: id }, kind, { ...call, ...how })).toMatchObject({ type: 'image/png' });
  await server.markUnplayed(id, call);
  await server.markPlayed(id, { ...call, at: ago(2 * DAY), plays: 4 });
  await server.setPosition(episode, { ...call, positionMs: 10 * MINUTE, at: ago(MINUTE), durationMs: 47 * MINUTE, played: false });
  await server.searchTitles?.('Alien', { ...call, limit: 5 });
  for (const library of await server.listLibraries(call)) {
    for await (const page of server.readShelf?.(library, { ...call, pageSize: 1 }) ?? []) expect(page).not.toEqual([]);
  }
  await server.rate?.(id, 7, call);
  await server.rate?.(id, undefined, call);
  await server.setFavourite?.(id, true, call);
  expect(await server.readShelfItem?.(id, call)).toMatchObject(server.setFavourite ? { favorite: true } : { title: 'Alien' });
  await server.setFavourite?.(id, false, call);
}

type Case = Readonly<{
  name: string;
  fake(): Promise<FakeMediaServer>;
  driver(tvUrl: string): MediaServerDriver;
  descriptions(): readonly ApiDescription[];
  /** Calls and answers that no description has right; see KNOWN-DRIFT. */
  drift: readonly Readonly<{ of: RegExp; because: string }>[];
}>;

const described = (file: string, base = ''): ApiDescription => readDescription(`${folder}${file}`, file, base);
const CASES: readonly Case[] = [
  {
    name: 'plex',
    fake: () => createPlexFake(),
    driver: (tvUrl) => createPlexDriver({ clock: systemClock, clientIdentifier: 'conformance', plexTvUrl: tvUrl }),
    descriptions: () => [
      described('plex.json'),
      described('plex-official-1.2.0.json'),
      described('plex-pms-legacy.json'),
      described('plex-undocumented.json'),
      described('plex-tv.json', '/api/v2'),
    ],
    drift: [
      {
        of: /timeline.*sent: the query "identifier" is not described/,
        because: 'Servers take it, and clients send it with each timeline.',
      },
      { of: /\/:\/rate.*rating=-1.*sent: the query "rating": value must be >= 0/, because: 'It is how Plex takes a rating away.' },
      {
        of: /\/photo\/:\/transcode.*no description knows this call/,
        because:
          'The official description speaks of it in its list of changes (1.1.0) and in its examples, and leaves the call itself out.',
      },
      { of: /\/api\/v2\/resources.*answered: value\/1 must have/, because: 'Players lack members that only servers have.' },
      {
        of: /\/api\/v2\/user\?.*answered: value must have required/,
        because: 'The fake tells of a person what is read, not all that plex.tv keeps.',
      },
    ],
  },
  ...['10.11.8', '10.9.11'].map(
    (version): Case => ({
      name: `jellyfin ${version}`,
      fake: () => createJellyfinFake({ version }),
      driver: () => createJellyfinDriver({ clock: systemClock, deviceId: 'conformance' }),
      descriptions: () => [described('jellyfin.json')],
      drift: [],
    }),
  ),
  {
    name: 'emby',
    fake: () => createEmbyFake(),
    driver: () => createEmbyDriver({ clock: systemClock, deviceId: 'conformance' }),
    descriptions: () => [described('emby.json'), described('emby.json', '/emby')],
    drift: [],
  },
];

const titleOf = ({ method, path, query, status }: Exchange): string => `${method.toUpperCase()} ${path}?${query} → ${status}`;

/** Plex marks are PUT by the book and GET by custom, and servers take both. */
const methodsOf = ({ method, path }: Exchange): readonly string[] =>
  /scrobble$/.test(path) && method === 'get' ? ['get', 'put'] : [method];

/** Empty where any description agrees with what was sent. */
function requestFaults(descriptions: readonly ApiDescription[], exchange: Exchange): readonly string[] {
  const said = descriptions.flatMap((description) =>
    methodsOf(exchange).flatMap((method) => {
      const faults = description.faultsOfRequest({ ...exchange, method });
      return faults === undefined ? [] : [faults];
    }),
  );
  if (said.length === 0) return ['no description knows this call'];
  return said.some((faults) => faults.length === 0) ? [] : said.flat();
}

/** `optimizedForStreaming` comes as 0 and 1 as well as false and true. */
const sameInWords = (reply: string): string =>
  reply.replace(/("optimizedForStreaming":)([01])\b/g, (_, name, bit) => `${name}${bit === '1'}`);

function replyFaults(descriptions: readonly ApiDescription[], exchange: Exchange): readonly string[] | 'fine' {
  const said = descriptions.flatMap((description) => description.faultOfReply({ ...exchange, reply: sameInWords(exchange.reply) }) ?? []);
  return said.includes('fine') ? 'fine' : said;
}

describe.skipIf(!present)(`the published API descriptions${absent}`, () => {
  it.each(CASES)(
    '$name: every request that we send and every reply that our fake gives is as described',
    async ({ fake: open, driver: make, descriptions, drift }) => {
      const fake = await open();
      const proxy = await createRecordingProxy(fake.baseUrl);
      try {
        const driver = make(`${proxy.baseUrl}/plex.tv`);
        const { owner } = fake;
        const user = fake.addUser({ name: 'mia' });
        const connection: UpstreamConnection = { url: proxy.baseUrl, token: owner.token, userId: owner.id, uuid: fake.uuid };
        await useAll(driver.connect(connection), fake);
        await driver.discover?.(owner.token, call);
        await driver.listHouseholdUsers?.(connection, call);
        await driver.tokenForUser?.(connection, { id: user.id, ...(user.uuid !== undefined && { uuid: user.uuid }) }, call);
        await driver.signIn?.({ url: proxy.baseUrl, username: owner.name, password: 'open-sesame' }, call);

        const all = proxy.exchanges.map((exchange) => ({
          ...exchange,
          path: exchange.path.replace(/^\/plex\.tv/, '').replace(/(.)\/$/, '$1'),
        }));
        const known = descriptions();
        let agreed = 0;
        const faults = all.flatMap((exchange) => {
          const reply = replyFaults(known, exchange);
          if (reply === 'fine') agreed += 1;
          const answered = reply === 'fine' ? [] : reply;
          const found = [
            ...requestFaults(known, exchange).map((fault) => `${titleOf(exchange)}: sent: ${fault}`),
            ...answered.map((fault) => `${titleOf(exchange)}: answered: ${fault}`),
          ];
          return found.filter((fault) => !drift.some(({ of }) => of.test(fault)));
        });
        expect(all.length).toBeGreaterThan(12);
        // Else nothing was compared.
        expect(agreed).toBeGreaterThan(12);
        expect([...new Set(faults)]).toEqual([]);
      } finally {
        await proxy.close();
        await fake.close();
      }
    },
  );
});
