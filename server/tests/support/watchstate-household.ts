import { type FakeFolder, metadataOf } from '#integrations/watchstate/watchstate-folder.fake.ts';
import { ago, alien, DAY, episodeOf, type Household, heat, movieNumber, shelveAll } from './journey.ts';
import { layFolderForTest, unix } from './moving.ts';

export const KINDS = ['plex', 'jellyfin'] as const;
export const WATCHED = unix(ago(100 * DAY));
const LAST_RUN = unix(ago(2 * DAY));

/**
 * A household of two on the servers of `KINDS`, as WatchState kept it: watched on one server, and marked by it on the other some days later.
 * Its folder is there until the test ends.
 */
export async function aHousehold(home: Household) {
  const titles = {
    alien,
    heat,
    one: episodeOf(1),
    two: episodeOf(2),
    double: episodeOf(4, { title: 'Episode 4', episodes: [4, 5] }),
    late: movieNumber(7),
  };
  const ids = shelveAll(home, titles, KINDS);
  const [plex, jellyfin] = [home.fake('plex'), home.fake('jellyfin')];
  const anna = jellyfin.addUser({ name: 'anna' });
  const [marked, other] = [ago(97 * DAY), ago(49 * DAY)];
  for (const name of ['alien', 'double'] as const) {
    plex.setState('1', ids.plex[name], { played: true, playCount: 1, lastPlayedAt: ago(100 * DAY) });
    jellyfin.setState(jellyfin.owner.id, ids.jellyfin[name], { played: true, playCount: 1, lastPlayedAt: marked });
  }
  jellyfin.setState(jellyfin.owner.id, ids.jellyfin.one, { played: true, playCount: 1, lastPlayedAt: ago(50 * DAY) });
  // Marked there by the other program, which never looked again.
  plex.setState('1', ids.plex.one, { played: true, playCount: 1, lastPlayedAt: other });
  plex.setState('1', ids.plex.heat, { played: false, positionMs: 600_000, lastPlayedAt: ago(20 * DAY) });
  // Since the other program has last looked, somebody watched this, and un-watched nothing.
  plex.setState('1', ids.plex.late, { played: true, playCount: 1, lastPlayedAt: ago(DAY) });

  const server = (kind: 'plex' | 'jellyfin', token: string, user: string) => ({
    type: kind,
    url: home.fake(kind).baseUrl,
    token,
    uuid: home.fake(kind).uuid,
    user,
    import: { enabled: true, lastSync: LAST_RUN },
    export: { enabled: true, lastSync: LAST_RUN },
    options: kind === 'plex' ? { ignore: '99', ADMIN_TOKEN: token } : {},
  });
  const of = (title: typeof alien) => ({
    type: title.kind,
    title: title.show?.title ?? title.title,
    ...(title.year !== undefined && { year: title.year }),
    ...(title.kind === 'episode' && {
      season: title.season ?? 1,
      name: title.title,
      parent: { guid_tvdb: '70533', guid_imdb: 'tt0098936' },
    }),
    guids: Object.fromEntries(Object.entries(title.ids ?? {}).map(([provider, id]) => [`guid_${provider}`, id])),
  });
  type Shown = Partial<Record<'plex' | 'jellyfin', { playedAt?: number; progress?: number }>>;
  const row = (
    name: keyof typeof titles,
    state: { watched: number; updated: number; via?: string; episode?: number; multi?: boolean },
    on: Shown,
  ) => {
    const { episode = titles[name].episodes?.[0], multi = false, ...standing } = state;
    const title = { ...of(titles[name]), ...(episode !== undefined && { episode }) };
    const shows = { plex: ids.plex.one, jellyfin: ids.jellyfin.one };
    return {
      ...title,
      via: 'plex',
      ...standing,
      metadata: Object.fromEntries(
        Object.entries(on).map(([kind, said]) => [
          kind,
          { ...metadataOf(title, { id: ids[kind as 'plex'][name], show: `show-of-${shows.plex}`, ...said }), multi },
        ]),
      ),
      extra: Object.fromEntries(Object.keys(on).map((kind) => [kind, { event: 'task.import', received_at: standing.updated + 60 }])),
      created_at: unix(ago(300 * DAY)),
      updated_at: standing.updated + 60,
    };
  };
  const bothSaw = { plex: { playedAt: WATCHED }, jellyfin: { playedAt: unix(marked) } };
  const content: FakeFolder = {
    main: {
      servers: {
        plex: server('plex', plex.owner.token, plex.owner.id),
        jellyfin: server('jellyfin', jellyfin.owner.token, jellyfin.owner.id),
        old: { type: 'kodi', url: 'http://old' },
      },
      ignore: { 'movie://tmdb:5@plex': 1_700_000_000, 'song://x:1@plex': 1 },
      rows: [
        row('alien', { watched: 1, updated: WATCHED }, bothSaw),
        row('heat', { watched: 0, updated: unix(ago(400 * DAY)) }, { plex: { progress: 600_000 }, jellyfin: {} }),
        row(
          'one',
          { watched: 1, updated: unix(ago(50 * DAY)), via: 'jellyfin' },
          { plex: {}, jellyfin: { playedAt: unix(ago(50 * DAY)) } },
        ),
        row('two', { watched: 0, updated: unix(ago(400 * DAY)) }, { plex: {}, jellyfin: {} }),
        row('double', { watched: 1, updated: WATCHED, multi: true }, bothSaw),
        row('double', { watched: 1, updated: WATCHED, episode: 5, multi: true }, bothSaw),
        row('late', { watched: 0, updated: unix(ago(400 * DAY)) }, { plex: {}, jellyfin: {} }),
        // What is on no server any more, and what nobody can take.
        {
          type: 'movie',
          title: 'Lost Film',
          year: 1930,
          watched: 1,
          updated: '1500000000',
          via: 'old',
          guids: { guid_imdb: 'tt0000042' },
          metadata: { old: { id: '1', watched: '1' } },
        },
        { type: 'movie', title: 'Home Video', watched: 1, updated: 1_500_000_000, guids: {} },
        { type: 'show', title: 'Twin Peaks' },
      ],
    },
    users: {
      anna: {
        servers: { jellyfin_anna: server('jellyfin', anna.token, anna.id) },
        rows: [
          {
            ...of(alien),
            watched: 0,
            updated: unix(ago(400 * DAY)),
            via: 'jellyfin_anna',
            metadata: { jellyfin_anna: metadataOf(of(alien), { id: ids.jellyfin.alien }) },
          },
        ],
      },
    },
    config: { 'guid.yaml': { guids: [{ id: 'x', name: 'guid_mine', type: 'string' }] } },
    backups: { 'main.plex.json': '[]', 'main.bad.json': '{' },
  };
  const folder = await layFolderForTest(content);
  return { folder, ids, plex, jellyfin };
}
