import { randomUUID } from 'node:crypto';
import type { Activity, ActorRef } from '#core/activity/index.ts';
import type { Bin, Restorer } from '#core/bin/index.ts';
import { AppError, invalid } from '#kernel/app-error.ts';
import type { Clock } from '#kernel/instant.ts';
import type { JsonObject } from '#kernel/json.ts';
import { type CustomIdStore, createCustomIdStore, type Database, type Handle } from './custom-ids.store.ts';
import { readPattern } from './custom-pattern.ts';
import { isProvider, PROVIDERS } from './external-ids.ts';
import { lockGraph } from './media.store.ts';
import { type CustomProvider, type IdLink, LONGEST_ID, ownIdsOf } from './own-ids.ts';
import { PATH } from './signature.ts';

export type ProviderDraft = Omit<CustomProvider, 'id'> & Readonly<{ id?: string }>;
export type LinkDraft = Omit<IdLink, 'id'> & Readonly<{ id?: string }>;

export type CustomIdsDeps = Readonly<{
  database: Database;
  clock: Clock;
  bin: Pick<Bin, 'put'>;
  activity: Pick<Activity, 'record'>;
  /** After every change, so that it holds at once. */
  changed(): Promise<void>;
}>;

export type CustomIds = Readonly<{
  providers(): Promise<readonly CustomProvider[]>;
  links(): Promise<readonly IdLink[]>;
  /** `guid_` before the name is left out. Throws `invalid` naming the member, `name` where it is taken. */
  addProvider(draft: ProviderDraft, by: ActorRef): Promise<CustomProvider>;
  /** With its links and all ids of it that titles have: to the bin, from where all of it comes back. Throws `not-found`. */
  removeProvider(id: string, by: ActorRef): Promise<CustomProvider>;
  /** Throws `invalid` naming the member, `map.from` where that kind of server has a link from there. */
  addLink(draft: LinkDraft, by: ActorRef): Promise<IdLink>;
  /** To the bin. Throws `not-found`. */
  removeLink(type: string, id: string, by: ActorRef): Promise<IdLink>;
}>;

const PROVIDER_IN_BIN = 'media.provider';
const LINK_IN_BIN = 'media.id-link';
const MOST_PROVIDERS = 100;
const MOST_LINKS = 500;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const idOf = (given: string | undefined): string => (given !== undefined && UUID.test(given) ? given.toLowerCase() : randomUUID());

/** The name of a provider without the prefix that is written before it. */
export const providerName = (given: string): string =>
  given
    .trim()
    .toLowerCase()
    .replace(/^guid_/, '');

/** Throws `invalid` naming the member. */
function checked(draft: ProviderDraft): CustomProvider {
  const name = providerName(draft.name);
  if (!/^[a-z0-9_]{1,40}$/.test(name)) throw invalid('name', 'must be of small letters, digits and underscores, at most 40');
  if (isProvider(name) || name === PATH) throw invalid('name', `"${name}" is one of the providers that are there for everybody`);
  const matches = patternOf(draft.pattern);
  for (const [kind, should] of [
    ['valid', true],
    ['invalid', false],
  ] as const) {
    draft[kind].forEach((sample, index) => {
      if (sample.length > LONGEST_ID) throw invalid(`validator.tests.${kind}.${index}`, `is longer than an id may be (${LONGEST_ID})`);
      if (matches(sample) !== should)
        throw invalid(
          `validator.tests.${kind}.${index}`,
          should ? `"${sample}" does not match the pattern` : `"${sample}" matches the pattern`,
        );
    });
  }
  return { ...draft, name, id: idOf(draft.id) };
}

function patternOf(pattern: string): (text: string) => boolean {
  try {
    return readPattern(pattern);
  } catch (cause) {
    throw cause instanceof SyntaxError ? invalid('validator.pattern', cause.message, cause) : cause;
  }
}

function checkedLink(draft: LinkDraft, providers: readonly CustomProvider[]): IdLink {
  const to = providerName(draft.to);
  if (!ownIdsOf(providers, []).knows(to)) {
    const known = [...PROVIDERS, ...providers.map(({ name }) => name)].map((name) => `guid_${name}`);
    throw invalid('map.to', `"${draft.to}" is no provider that is known here: use one of ${known.join(', ')}`);
  }
  const from = draft.from.trim();
  if (from === '') throw invalid('map.from', 'must not be empty');
  if (draft.replace?.from === '') throw invalid('replace.from', 'must not be empty');
  return { ...draft, from, to, id: idOf(draft.id) };
}

/** Ids of a household's own: which there are, how they look, and under which names servers give them. */
export function createCustomIds({ database, clock, bin, activity, changed }: CustomIdsDeps): CustomIds {
  const reading = createCustomIdStore(database);

  async function write<T>(work: (store: CustomIdStore, handle: Handle) => Promise<T>): Promise<T> {
    const done = await database.transaction(async (handle) => {
      // Two that come at once would both find the name free.
      await lockGraph(handle);
      return work(createCustomIdStore(handle), handle);
    });
    await changed();
    return done;
  }

  return {
    providers: reading.providers,
    links: reading.links,

    addProvider: (draft, by) =>
      write(async (store, handle) => {
        const made = checked(draft);
        const known = await store.providers();
        if (known.some(({ name, id }) => name === made.name || id === made.id))
          throw invalid('name', `there is a custom GUID guid_${made.name} already`);
        if (known.length >= MOST_PROVIDERS) throw invalid('name', `there are ${MOST_PROVIDERS} custom GUIDs, and no more are taken`);
        await store.addProvider(made, clock.now());
        await activity.record({ actor: by, verb: 'custom-id.added', subject: `guid_${made.name}` }, handle);
        return made;
      }),

    removeProvider: (id, by) =>
      write(async (store, handle) => {
        const provider = (await store.providers()).find((one) => one.id === id.toLowerCase());
        if (!provider) throw new AppError('not-found', `There is no custom GUID ${id}.`);
        const links = (await store.links()).filter((link) => link.to === provider.name);
        const title = `The custom GUID guid_${provider.name}`;
        const payload = { provider, links } as unknown as JsonObject;
        const entry = await bin.put(handle, { kind: PROVIDER_IN_BIN, title, payload, actor: by });
        const ids = await store.takeProvider(provider.name, entry);
        const detail = { links: links.length, ids, binId: entry };
        await activity.record({ actor: by, verb: 'custom-id.removed', subject: `guid_${provider.name}`, detail }, handle);
        return provider;
      }),

    addLink: (draft, by) =>
      write(async (store, handle) => {
        const made = checkedLink(draft, await store.providers());
        const known = await store.links();
        if (known.some((link) => link.id === made.id || (link.type === made.type && link.from === made.from)))
          throw invalid('map.from', `there is a link of ${made.type} from ${made.from} already`);
        if (known.length >= MOST_LINKS) throw invalid('map.from', `there are ${MOST_LINKS} links of custom GUIDs, and no more are taken`);
        await store.addLink(made, clock.now());
        await activity.record({ actor: by, verb: 'custom-id.linked', subject: nameOf(made) }, handle);
        return made;
      }),

    removeLink: (type, id, by) =>
      write(async (store, handle) => {
        const link = (await store.links()).find((one) => one.type === type && one.id === id.toLowerCase());
        if (!link) throw new AppError('not-found', `There is no link ${id} of ${type}.`);
        const entry = { kind: LINK_IN_BIN, title: `The link ${nameOf(link)}`, payload: { link } as unknown as JsonObject, actor: by };
        const binId = await bin.put(handle, entry);
        await store.removeLink(link.id);
        await activity.record({ actor: by, verb: 'custom-id.unlinked', subject: nameOf(link), detail: { binId } }, handle);
        return link;
      }),
  };
}

const nameOf = ({ type, from, to }: IdLink): string => `${type}: ${from} to guid_${to}`;

async function putBackLinks(store: CustomIdStore, links: readonly IdLink[], now: number): Promise<readonly IdLink[]> {
  const known = await store.links();
  const lost = links.filter((link) => known.some((one) => one.id === link.id || (one.type === link.type && one.from === link.from)));
  for (const link of links) if (!lost.includes(link)) await store.addLink(link, now);
  return lost;
}

/** For the bin's restoring. What was made anew under the same name meanwhile stays as it is, and gets its ids back. */
export const customIdRestorers: Readonly<Record<typeof PROVIDER_IN_BIN | typeof LINK_IN_BIN, Restorer>> = {
  [PROVIDER_IN_BIN]: async (handle, { id, payload, restoredAt }) => {
    const { provider, links } = payload as unknown as Readonly<{ provider: CustomProvider; links: readonly IdLink[] }>;
    const store = createCustomIdStore(handle);
    const isThere = (await store.providers()).some(({ name }) => name === provider.name);
    if (!isThere) await store.addProvider(provider, restoredAt ?? 0);
    await putBackLinks(store, links, restoredAt ?? 0);
    await store.putBackIds(id);
  },
  [LINK_IN_BIN]: async (handle, { payload, restoredAt, title }) => {
    const { link } = payload as unknown as Readonly<{ link: IdLink }>;
    const store = createCustomIdStore(handle);
    if (!ownIdsOf(await store.providers(), []).knows(link.to))
      throw new AppError('conflict', `${title} cannot come back: bring back guid_${link.to} first.`);
    if ((await putBackLinks(store, [link], restoredAt ?? 0)).length > 0)
      throw new AppError('conflict', `${title} cannot come back: there is another link from ${link.from}.`);
  },
};
