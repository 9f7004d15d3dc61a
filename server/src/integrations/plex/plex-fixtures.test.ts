import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { NO_OWN_IDS } from '#core/media/index.ts';
import { isRecord } from '#kernel/json.ts';
import { toItem, toLibrary, toSession, toShow } from './plex.map.ts';
import { plexAccounts, plexIdentity, plexItem, plexPage, plexResources, plexSections, plexSession, plexSwitch } from './plex.wire.ts';
import { plexWebhook } from './plex-webhook.ts';

const folder = fileURLToPath(new URL('../../../../../shared/fixtures/plex/', import.meta.url));
const present = existsSync(folder);
const files = (pattern: RegExp): string[] => (present ? readdirSync(folder).filter((name) => pattern.test(name)) : []);
const load = (name: string): unknown => JSON.parse(readFileSync(folder + name, 'utf8'));
const options = { libraryId: '1', maxEpisodeRange: 5, episodes: 'alone', ownIds: NO_OWN_IDS } as const;

const itemsOf = (name: string): readonly unknown[] => {
  const answer = load(name);
  return plexPage.Check(answer) ? (answer.MediaContainer.Metadata ?? []) : [];
};

describe.skipIf(!present)(`payloads as Plex really sends them${present ? '' : ' (skipped: ../shared/fixtures/plex is not here)'}`, () => {
  it('are there to be read', () => {
    expect(files(/\.json$/).length).toBeGreaterThan(20);
  });

  it.each(files(/^webhook-/))('%s is applied, or left alone for a reason', (name) => {
    const reading = plexWebhook.read({
      headers: { 'user-agent': 'PlexMediaServer/1.41' },
      body: undefined,
      fields: { payload: JSON.stringify(load(name)) },
    });
    expect(['poke', 'left-alone']).toContain(reading.outcome);
    if (reading.outcome === 'left-alone') expect(reading.reason.length).toBeGreaterThan(10);
    if (reading.outcome === 'poke') expect(reading.poke.upstreamId ?? reading.poke.guid).toBeTruthy();
  });

  it.each(files(/^response-(library-all|metadata|allLeaves|library-metadata)/))('every item of %s is mapped', (name) => {
    const items = itemsOf(name);
    expect(items.length).toBeGreaterThan(0);
    for (const raw of items) {
      expect(plexItem.Check(raw) ? [] : [...plexItem.Errors(raw)]).toEqual([]);
      if (!plexItem.Check(raw)) continue;
      const mapped = raw.type === 'show' ? toShow(raw, NO_OWN_IDS) : toItem(raw, options);
      expect(mapped?.upstreamId).toBe(String(raw.ratingKey));
    }
  });

  it('what is no movie or episode is left out without an error', () => {
    for (const raw of [...itemsOf('response-playlists.json'), ...itemsOf('response-sessions-history.json')]) {
      if (plexItem.Check(raw) && raw.type === 'playlist') expect(toItem(raw, options)).toBeUndefined();
    }
  });

  it('an empty container is an empty page', () => {
    expect(itemsOf('response-empty-container.json')).toEqual([]);
    expect(plexPage.Check(load('response-empty-container.json'))).toBe(true);
  });

  it('the server, its libraries, its accounts and plex.tv are readable', () => {
    expect(plexIdentity.Check(load('response-identity.json'))).toBe(true);
    expect(plexAccounts.Check(load('response-accounts.json'))).toBe(true);
    expect(plexResources.Check(load('response-plextv-resources.json'))).toBe(true);
    expect(plexSwitch.Check(load('response-plextv-home-user-switch.json'))).toBe(true);
    const sections = load('response-library-sections.json');
    if (!plexSections.Check(sections)) throw new Error('the libraries are not readable');
    expect(sections.MediaContainer.Directory?.map(toLibrary).filter((library) => library.supported).length).toBeGreaterThan(1);
  });

  it('a session without its item is passed over', () => {
    const [session] = itemsOf('response-status-sessions-official.json');
    expect(plexSession.Check(session)).toBe(false);
    const whole: unknown = { ...(isRecord(session) ? session : {}), ratingKey: '7' };
    expect(plexSession.Check(whole) && toSession(whole)).toMatchObject({ userId: '123456789', upstreamId: '7', paused: false });
  });
});
