import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATABASES } from '#tests/support/databases.ts';
import { eventually, type Household, startHousehold } from '#tests/support/household.ts';
import { heat, importNow, shelve } from '#tests/support/journey.ts';
import { type Heard, listenTo, type Stream } from '#tests/support/live.ts';

const SOON = 20_000;

/** As `npm start` runs it: the thread that answers people follows no events, and hears of them from the other one. */
describe.each(DATABASES)('a house of two threads on %s', (database) => {
  let house: Household;
  let stream: Stream;
  let onPlex: string;
  let onJellyfin: string;

  const hasTopic = (name: string) => (one: Heard) => one.event === 'changed' && (one.data as { topics: string[] }).topics.includes(name);
  const cards = async () => ((await house.get('/api/v1/titles')).body as { items: { title: string; people: { state: string }[] }[] }).items;

  beforeAll(async () => {
    house = await startHousehold({ database, servers: ['plex', 'jellyfin'], house: { role: 'front' } });
    onPlex = shelve(house, 'plex', heat);
    onJellyfin = shelve(house, 'jellyfin', heat);
    await house.hook('plex', await house.addBackend('plex'));
    await house.addBackend('jellyfin');
    stream = await listenTo(house, '/api/v1/stream');
    await stream.until(({ event }) => event === 'ready');
  }, 120_000);
  afterAll(async () => {
    stream.close();
    await house.close();
  });

  it('tells those who look what an import found, and has it in the list', { timeout: 60_000 }, async () => {
    await importNow(house);
    await stream.until(hasTopic('titles'), SOON);
    await eventually(async () => expect((await cards()).map((card) => card.title)).toEqual(['Heat']), SOON);
  });

  it('takes what a webhook says to the other server, the list and the stream', { timeout: 60_000 }, async () => {
    const { plex } = house;
    await plex.finish(plex.owner.id, onPlex);
    await stream.until(hasTopic('viewing'), SOON);
    await eventually(async () => expect((await cards())[0]?.people[0]?.state).toBe('watched'), SOON);
    const jellyfin = house.fake('jellyfin');
    await eventually(async () => expect(jellyfin.stateOf(jellyfin.owner.id, onJellyfin).played).toBe(true), SOON);
  });
});
