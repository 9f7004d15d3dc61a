import { expect, it } from 'vitest';
import { accountId, serverId } from '#kernel/ids.ts';
import { hours } from '#kernel/instant.ts';
import { createWebhookGuard, type GuardFacts, type Unwatch } from './guard-webhooks.ts';

const account = { id: accountId(1), server: { id: serverId(1) } };
const other = { id: accountId(2), server: { id: serverId(1) } };

const factsOf = (size: number, before: readonly Unwatch[] = []): GuardFacts => ({ sizeOf: async () => size, before: async () => before });

/** How many of `asked` un-watches in libraries of that size pass. */
async function passing(asked: number, libraries: readonly string[], size: number): Promise<number> {
  const guard = createWebhookGuard({ clock: { now: () => hours(10) } });
  let passed = 0;
  for (let n = 0; n < asked; n += 1) {
    const libraryId = libraries[n % libraries.length] ?? '';
    if ((await guard.let({ account, libraryId }, factsOf(size))) !== undefined) passed += 1;
  }
  return passed;
}

it.each([
  ['25 of a large library in an hour, and no more', 40, ['a'], 10_000, 25],
  ['25 over two large libraries', 40, ['a', 'b'], 10_000, 25],
  ['4 of a small library, of which 5 would be more than 5 %', 40, ['a'], 60, 4],
  ['5 that are 5 %, and not the sixth', 40, ['a'], 100, 5],
  ['4 of each small library', 40, ['a', 'b'], 60, 8],
  ['25 where the server does not say which library it is', 40, [''], 10, 25],
] as const)('%s', async (_, asked, libraries, size, passed) => {
  expect(await passing(asked, libraries, size)).toBe(passed);
});

it('counts an hour, each account for itself, and only what came to something', async () => {
  let now = hours(10);
  const guard = createWebhookGuard({ clock: { now: () => now } });
  const ask = (who = account) => guard.let({ account: who, libraryId: 'a' }, factsOf(60));
  for (let n = 0; n < 4; n += 1) await ask();
  expect(await ask()).toBeUndefined();
  expect(await ask(other)).toBeDefined();
  now += hours(1);
  const last = await ask();
  if (last === undefined) throw new Error('an hour is over');
  guard.forget(account, last);
  for (let n = 0; n < 4; n += 1) expect(await ask()).toBeDefined();
  expect(await ask()).toBeUndefined();
});

it('counts what an earlier life of the process let pass', async () => {
  const guard = createWebhookGuard({ clock: { now: () => hours(10) } });
  const earlier = Array.from({ length: 3 }, () => ({ libraryId: 'a', at: hours(10) - 1 }));
  const ask = () => guard.let({ account, libraryId: 'a' }, factsOf(60, earlier));
  expect(await ask()).toBeDefined();
  expect(await ask()).toBeUndefined();
});
