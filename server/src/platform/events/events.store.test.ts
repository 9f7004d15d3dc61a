import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAppError } from '#kernel/app-error.ts';
import { hours, systemClock } from '#kernel/instant.ts';
import { sql } from '#platform/db/index.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { eventMigrations } from './events.schema.store.ts';
import { createEvents, type EventOf, type Events, type EventsDeps } from './events.ts';

type Catalogue = { 'title.watched': { title: string }; 'server.sick': { server: number } };

const within = (): AbortSignal => AbortSignal.timeout(8_000);

describe.each(DATABASES)('events on %s', (kind) => {
  let opened: TestDatabase;
  let seen: string[];
  const made: Events<Catalogue>[] = [];

  beforeEach(async () => {
    seen = [];
    opened = await openTestDatabase(kind, eventMigrations);
  });
  afterEach(async () => {
    for (const events of made.splice(0)) await events.stop();
    await opened.close();
  });

  const open = (more: Partial<EventsDeps> = {}): Events<Catalogue> => {
    const events = createEvents<Catalogue>({ db: opened.database, clock: systemClock, pollMs: 30, retryDelays: [10, 10], ...more });
    made.push(events);
    return events;
  };
  const noting = (name: string, refuse: (event: EventOf<Catalogue>) => boolean = () => false) => ({
    name,
    topics: ['title.watched', 'server.sick'] as const,
    handle: async (event: EventOf<Catalogue>) => {
      const what = event.topic === 'title.watched' ? event.payload.title : `server ${event.payload.server}`;
      if (refuse(event)) throw new Error(`no ${what}`);
      seen.push(`${name}: ${what}`);
    },
  });
  const watch = (events: Events<Catalogue>, ...titles: string[]) =>
    opened.database.transaction((handle) =>
      events.publishAll(
        handle,
        titles.map((title) => ({ topic: 'title.watched', payload: { title } })),
      ),
    );

  it('reach every subscriber of their topic, in order, after the commit', async () => {
    const events = open();
    events.subscribe(noting('all'));
    events.subscribe({
      name: 'sick only',
      topics: ['server.sick'],
      handle: async ({ payload, topic, at, id }) => {
        expect({ topic, at: at > 0, id: id > 0 }).toEqual({ topic: 'server.sick', at: true, id: true });
        seen.push(`sick only: ${payload.server}`);
      },
    });
    await events.start();
    await opened.database.transaction(async (handle) => {
      await events.publish(handle, 'title.watched', { title: 'Alien' });
      await events.publish(handle, 'server.sick', { server: 3 });
      await new Promise((resolve) => setTimeout(resolve, 60));
      expect(seen).toEqual([]);
    });
    await events.idle(within());
    expect(seen.toSorted()).toEqual(['all: Alien', 'all: server 3', 'sick only: 3']);
    expect(seen.indexOf('all: Alien')).toBeLessThan(seen.indexOf('all: server 3'));
  });

  it('are not there where the fact is not', async () => {
    const events = open();
    events.subscribe(noting('a'));
    await events.start();
    const rolledBack = opened.database.transaction(async (handle) => {
      await events.publish(handle, 'title.watched', { title: 'Alien' });
      throw new Error('rolled back');
    });
    await expect(rolledBack).rejects.toThrow('rolled back');
    await watch(events, 'Aliens');
    await events.idle(within());
    expect(seen).toEqual(['a: Aliens']);
  });

  it('come in order, however many', async () => {
    const events = open();
    events.subscribe(noting('a'));
    await events.start();
    const titles = Array.from({ length: 450 }, (_none, n) => `Film ${n}`);
    await watch(events, ...titles.slice(0, 440));
    for (const title of titles.slice(440)) await watch(events, title);
    await events.idle(within());
    expect(seen).toEqual(titles.map((title) => `a: ${title}`));
  });

  it('wait for the next start where the process ends', async () => {
    const before = open();
    before.subscribe(noting('a'));
    await before.start();
    await before.stop();
    await watch(before, 'Alien', 'Aliens');
    expect(seen).toEqual([]);
    const after = open();
    after.subscribe(noting('a'));
    await after.start();
    await after.idle(within());
    expect(seen).toEqual(['a: Alien', 'a: Aliens']);
  });

  it('reach the process that delivers from one that only publishes', async () => {
    const events = open();
    events.subscribe(noting('a'));
    await events.start();
    await watch(open(), 'Alien');
    await events.idle(within());
    expect(seen).toEqual(['a: Alien']);
  });

  it('are offered again until they are taken, and hold back only those of the same subscriber', async () => {
    const events = open({ retryDelays: [10, 10, 10] });
    let refusals = 0;
    events.subscribe(
      noting('picky', (event) => {
        if (event.topic !== 'title.watched' || event.payload.title !== 'Alien' || refusals === 3) return false;
        refusals += 1;
        return true;
      }),
    );
    events.subscribe(noting('easy'));
    await events.start();
    await watch(events, 'Alien', 'Aliens');
    await events.idle(within());
    expect(refusals).toBe(3);
    expect(seen.filter((each) => each.startsWith('picky'))).toEqual(['picky: Alien', 'picky: Aliens']);
    expect(seen.filter((each) => each.startsWith('easy'))).toEqual(['easy: Alien', 'easy: Aliens']);
    expect(await events.deadLetters()).toEqual([]);
  });

  it('become dead letters, which stand aside and can be revived or discarded', async () => {
    const events = open();
    let broken = true;
    events.subscribe(noting('a', (event) => broken && event.topic === 'title.watched' && event.payload.title !== 'Aliens'));
    await events.start();
    await watch(events, 'Alien', 'Alien³', 'Aliens');
    await events.idle(within());
    expect(seen).toEqual(['a: Aliens']);
    const [first, second] = await events.deadLetters();
    expect(first).toMatchObject({ subscriber: 'a', topic: 'title.watched', payload: { title: 'Alien' }, attempts: 3, error: 'no Alien' });

    broken = false;
    await events.revive('a', first?.id ?? 0);
    await events.discard('a', second?.id ?? 0);
    await events.idle(within());
    expect(seen).toEqual(['a: Aliens', 'a: Alien']);
    expect(await events.deadLetters()).toEqual([]);
    const isMissing = (error: unknown): boolean => isAppError(error, 'not-found');
    await expect(events.revive('a', first?.id ?? 0)).rejects.toSatisfy(isMissing);
    await expect(events.discard('a', first?.id ?? 0)).rejects.toSatisfy(isMissing);
  });

  it('are forgotten when everybody has had them for an hour, and not before', async () => {
    const events = open({ retryDelays: [] });
    events.subscribe(noting('a', (event) => event.topic === 'server.sick'));
    await events.start();
    await watch(events, 'Alien');
    await opened.database.transaction((handle) => events.publish(handle, 'server.sick', { server: 1 }));
    await events.idle(within());
    await events.stop();

    const topicsKept = async (): Promise<string[]> => {
      const { rows } = await sql<{ topic: string }>`select topic from outbox order by id`.execute(opened.database.tables());
      return rows.map((row) => row.topic);
    };
    const restart = async (at: number): Promise<void> => {
      const next = open({ clock: { now: () => at } });
      next.subscribe(noting('a'));
      await next.start();
      await next.stop();
    };
    await restart(Date.now());
    expect(await topicsKept()).toEqual(['title.watched', 'server.sick']);
    await restart(Date.now() + hours(2));
    expect(await topicsKept()).toEqual(['server.sick']);
  });

  it('do not wait for a subscriber that is no longer there', async () => {
    const before = open();
    before.subscribe(noting('gone'));
    await before.start();
    await before.stop();
    await watch(before, 'Alien');
    const after = open();
    after.subscribe(noting('a'));
    await after.start();
    await after.idle(within());
    expect(seen).toEqual([]);
  });
});
