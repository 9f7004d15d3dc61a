import { describe, expect, it } from 'vitest';
import type { IncomingWebhook } from '#core/upstreams/index.ts';
import { plexWebhook, plexWebhookSteps } from './plex-webhook.ts';

const PAYLOAD = {
  event: 'media.scrobble',
  user: true,
  owner: true,
  Account: { id: 1, title: 'owner' },
  Server: { title: 'Home', uuid: 'server-1' },
  Metadata: { type: 'movie', ratingKey: '7', guid: 'plex://movie/a', title: 'Heat', librarySectionID: 1, lastViewedAt: 1_700_000_000 },
};
const form = (payload: unknown): IncomingWebhook => ({
  headers: { 'user-agent': 'PlexMediaServer/1.41.3' },
  body: undefined,
  fields: { payload: typeof payload === 'string' ? payload : JSON.stringify(payload) },
});
const read = (more: Record<string, unknown>) => plexWebhook.read(form({ ...PAYLOAD, ...more }));

describe('an event of Plex', () => {
  it('that ends a play is a poke, completed, with the date that it says', () => {
    expect(read({})).toEqual({
      outcome: 'poke',
      poke: {
        event: 'media.scrobble',
        serverUuid: 'server-1',
        userId: '1',
        userName: 'owner',
        owner: true,
        upstreamId: '7',
        guid: 'plex://movie/a',
        libraryId: '1',
        title: 'Heat',
        hints: { completed: true, finished: true, playedAt: 1_700_000_000_000 },
      },
    });
  });

  it.each(['media.play', 'media.pause', 'media.resume', 'media.stop'])('%s carries the position, and completes nothing', (event) => {
    expect(read({ event, Metadata: { ...PAYLOAD.Metadata, viewOffset: 3_600_000 } })).toMatchObject({
      poke: { hints: { positionMs: 3_600_000 } },
    });
    const bare = read({ event });
    expect(bare.outcome === 'poke' && bare.poke.hints).toEqual({});
  });

  it('that adds an item concerns everybody', () => {
    const reading = read({ event: 'library.new', Account: { id: 1 } });
    expect(reading.outcome === 'poke' && 'userId' in reading.poke).toBe(false);
  });

  it('without the item’s id is named by its guid', () => {
    const reading = read({
      Metadata: { type: 'episode', guid: 'com.plexapp.agents.hama://anidb-12345/1/5?lang=en', title: 'Five', grandparentTitle: 'Titan' },
    });
    expect(reading).toMatchObject({ poke: { guid: 'com.plexapp.agents.hama://anidb-12345/1/5?lang=en', title: 'Titan - Five' } });
    expect(reading.outcome === 'poke' && 'upstreamId' in reading.poke).toBe(false);
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['a rating', { event: 'media.rate' }, /read with the library/],
    ['an event of tomorrow', { event: 'media.somethingNew' }, /media\.somethingNew/],
    ['an event of the server', { event: 'admin.database.backup', Metadata: undefined }, /says nothing/],
    ['a new device', { event: 'device.new', Metadata: null }, /says nothing/],
    ['music', { Metadata: { type: 'track', ratingKey: '1' } }, /music/],
    ['a photo', { Metadata: { type: 'photo', ratingKey: '1' } }, /photo/],
    ['a whole series', { event: 'library.new', Metadata: { type: 'show', ratingKey: '1' } }, /series/],
    ['an item without any name', { Metadata: { type: 'movie', title: 'Heat' } }, /neither by its id nor by a guid/],
  ])('about %s is left alone, with the reason', (_name, more, reason) => {
    const reading = read(more);
    expect(reading).toMatchObject({ outcome: 'left-alone', serverUuid: 'server-1', userId: '1' });
    expect(reading.outcome === 'left-alone' && reading.reason).toMatch(reason);
  });

  it.each<[string, IncomingWebhook]>([
    ['no JSON', form('{"event":')],
    ['no event', form({ Account: { id: 1 } })],
    ['no form', { headers: { 'user-agent': 'PlexMediaServer/1' }, body: undefined }],
    ['no item', form({ ...PAYLOAD, Metadata: undefined })],
    ['nobody', form({ ...PAYLOAD, Account: undefined })],
  ])('with %s is unusable', (_name, incoming) => {
    expect(plexWebhook.read(incoming).outcome).toBe('unusable');
  });

  it.each<[string, Record<string, unknown>, boolean]>([
    ['the local owner', { Account: { id: 1 }, user: true }, true],
    ['the owner by their plex.tv id', { Account: { id: 1_000_001 }, user: true, owner: true }, true],
    ['a child', { Account: { id: 1_558_630 }, user: false, owner: true }, false],
    ['a guest with a hook of their own', { Account: { id: 1_558_630 }, user: true, owner: false }, false],
  ])('of %s says whether it is the owner’s', (_name, more, owner) => {
    expect(read(more)).toMatchObject({ poke: { owner } });
  });

  it('is known by its shape where a proxy changed the user agent', () => {
    expect(plexWebhook.read({ ...form(PAYLOAD), headers: { 'user-agent': 'nginx' } }).outcome).toBe('poke');
    expect(plexWebhook.read({ headers: {}, body: undefined, fields: { payload: '{"event":"x"}' } }).outcome).toBe('not-ours');
    expect(plexWebhook.read({ headers: {}, body: undefined, fields: { other: '1' } }).outcome).toBe('not-ours');
  });
});

describe('an event of Tautulli', () => {
  const tautulli = (event: string, more: Record<string, unknown> = {}): IncomingWebhook => ({
    headers: { 'user-agent': 'Tautulli/v2.13' },
    body: {
      event,
      Account: { id: '1558630', title: 'kid' },
      Server: { uuid: 'server-1' },
      Metadata: { type: 'episode', ratingKey: '7', viewOffset: '90000', Guids: { imdb: 'tt1' }, ...more },
    },
  });

  it('is read as one of Plex, from text where numbers should be', () => {
    expect(plexWebhook.read(tautulli('tautulli.stop'))).toMatchObject({
      poke: { userId: '1558630', upstreamId: '7', hints: { positionMs: 90_000 } },
    });
    expect(plexWebhook.read(tautulli('tautulli.watched'))).toMatchObject({ poke: { hints: { completed: true } } });
    const bare = plexWebhook.read(tautulli('tautulli.play', { viewOffset: '' }));
    expect(bare.outcome === 'poke' && bare.poke.hints).toEqual({});
  });

  it('says nothing of who owns the server', () => {
    const reading = plexWebhook.read(tautulli('tautulli.stop'));
    expect(reading.outcome === 'poke' && 'owner' in reading.poke).toBe(false);
  });

  it.each([
    ['empty', '', ''],
    ['null', null, null],
  ])('that adds an item concerns everybody: its user is %s', (_what, id, title) => {
    const incoming = tautulli('tautulli.created', { title, grandparentTitle: title, librarySectionID: id });
    const reading = plexWebhook.read({ ...incoming, body: { ...(incoming.body as object), Account: { id, title } } });
    expect(reading).toEqual({
      outcome: 'poke',
      poke: { event: 'tautulli.created', serverUuid: 'server-1', upstreamId: '7', hints: { positionMs: 90_000 } },
    });
  });

  it('of nobody is unusable', () => {
    const incoming = tautulli('tautulli.stop');
    const reading = plexWebhook.read({ ...incoming, body: { ...(incoming.body as object), Account: { id: '', title: '' } } });
    expect(reading).toMatchObject({ outcome: 'unusable', reason: expect.stringContaining('whose') });
  });

  it('is told by the steps in the very form that is read', () => {
    const [, data = ''] = /JSON Data: (.*)$/.exec(plexWebhookSteps('https://usherr.example.test/hook').at(-1) ?? '') ?? [];
    const filled = {
      action: 'watched',
      user_id: '7',
      username: 'kid',
      server_machine_id: 's',
      media_type: 'movie',
      rating_key: '9',
      section_id: '2',
    };
    const body: unknown = JSON.parse(data.replace(/\{(\w+)\}/g, (_, name: string) => (filled as Record<string, string>)[name] ?? ''));
    expect(plexWebhook.read({ headers: { 'user-agent': 'Tautulli/v2.15' }, body })).toMatchObject({
      poke: { event: 'tautulli.watched', serverUuid: 's', userId: '7', userName: 'kid', upstreamId: '9', libraryId: '2' },
    });
  });

  it('may come as text', () => {
    const incoming = tautulli('tautulli.stop');
    expect(plexWebhook.read({ ...incoming, body: JSON.stringify(incoming.body) }).outcome).toBe('poke');
  });
});
