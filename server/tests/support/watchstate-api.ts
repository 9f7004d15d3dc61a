import type { Role, Scope } from '#core/access/index.ts';
import { MAIN_PERSON } from '#core/people/index.ts';
import { API_KEY, type Household, type ServerKind } from './household.ts';

export type BackendRow = Record<string, unknown> & { name: string; urls: { webhook: string }; options?: Record<string, unknown> };
export type Failure = { error: { code: number; message: string; fields?: { field: string }[] } };

/** The WatchState API of a household, as the owner unless told; each answer read as object, as list and as failure. */
export function createWatchstateApi(home: Household) {
  return {
    async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
      const url = `/v1/api${path}`;
      const reply = method === 'GET' ? await home.get(url, headers) : await home.send(method, url, body, headers);
      return { ...reply, json: reply.body as Record<string, unknown>, rows: reply.body as BackendRow[], fault: reply.body as Failure };
    },

    /** What is posted to add the owner of one of the fakes. */
    wish(kind: ServerKind, name: string, more: Record<string, unknown> = {}) {
      const fake = home.fake(kind);
      return { name, type: kind, url: fake.baseUrl, token: fake.owner.token, user: fake.owner.id, ...more };
    },

    /** The header with a new key. */
    async keyFor(role: Role, scopes: readonly Scope[]): Promise<Record<string, string>> {
      const owner = await home.rooms.access.authenticate({ credential: API_KEY, surface: 'watchstate' });
      if (!owner) throw new Error('the key of the household is refused');
      const bound = role === 'person' ? { personId: MAIN_PERSON } : {};
      const { key } = await home.rooms.access.keys.create({ name: 'key', role, scopes, ...bound }, owner.actor);
      return { 'x-apikey': key };
    },
  };
}
