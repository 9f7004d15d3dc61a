import { type Actor, requireRight } from '#core/access/index.ts';
import { AppError, invalid } from '#kernel/app-error.ts';
import type { AppId } from '#kernel/ids.ts';
import type { Clock } from '#kernel/instant.ts';
import { isClientId, nameFor } from './admission.ts';
import { createAppStore, type Database, type StoredApp, withoutSecret } from './apps.store.ts';
import type { ClientApp, Dialect, Generation } from './client-app.ts';
import { targetFault } from './redirect-target.ts';
import { newCode, type Sealing } from './sealing.ts';

/** An app that the owner lets in beforehand. Without a client_id or where `makeSecret` is set, they are made here. */
export type AppWish = Readonly<{
  name: string;
  clientId?: string | undefined;
  secret?: string | undefined;
  makeSecret?: boolean | undefined;
  redirects?: readonly string[] | undefined;
  dialect?: Dialect | undefined;
  generation?: Generation | undefined;
}>;

export type AppChange = Readonly<{
  name?: string | undefined;
  dialect?: Dialect | undefined;
  redirects?: readonly string[] | undefined;
  /** Null: the next secret that the app shows is taken for its own. */
  secret?: string | null | undefined;
  blocked?: boolean | undefined;
}>;

const MOST_REDIRECTS = 20;
const LONGEST_SECRET = 500;

export type AppRegistryDeps = Readonly<{ database: Database; clock: Clock; sealing: Sealing }>;

/** The apps that are known here, as the owner sees and changes them. Every verb needs `admin`. */
export function createAppRegistry({ database, clock, sealing }: AppRegistryDeps) {
  const store = createAppStore(database);
  const found = async (id: AppId): Promise<StoredApp> => {
    const app = await store.get(id);
    if (!app) throw new AppError('not-found', 'There is no such app.');
    return app;
  };
  const hashOf = (secret: string): string => {
    if (secret === '' || secret.length > LONGEST_SECRET) throw invalid('secret', `must be 1 to ${LONGEST_SECRET} characters`);
    return sealing.secret(secret);
  };

  return {
    async list(by: Actor): Promise<ClientApp[]> {
      requireRight(by, 'admin');
      return (await store.list()).map(withoutSecret);
    },

    /** `secret` is the only time that anybody sees one that was made here. @throws AppError `invalid` with the field, `conflict` */
    async register(wish: AppWish, by: Actor): Promise<Readonly<{ app: ClientApp; secret: string | undefined }>> {
      requireRight(by, 'admin');
      const clientId = wish.clientId ?? newCode();
      if (!isClientId(clientId)) throw invalid('clientId', 'must be 1 to 200 letters, digits and signs, without spaces');
      if (wish.makeSecret && wish.secret !== undefined) throw invalid('secret', 'is either given or made, not both');
      const made = wish.makeSecret ? newCode() : undefined;
      const secret = wish.secret ?? made;
      const app = await store.add({
        clientId,
        name: checkName(wish.name),
        dialect: wish.dialect ?? 'modern',
        generation: wish.generation,
        redirects: checkRedirects(wish.redirects ?? []),
        secretHash: secret === undefined ? undefined : hashOf(secret),
        origin: 'owner',
        createdBy: by.name,
        at: clock.now(),
      });
      if (!app) throw new AppError('conflict', `There is an app with the client_id "${clientId}" already.`);
      return { app: withoutSecret(app), secret: made };
    },

    /** @throws AppError `not-found`, `invalid` with the field */
    async change(id: AppId, { name, dialect, redirects, secret, blocked }: AppChange, by: Actor): Promise<ClientApp> {
      requireRight(by, 'admin');
      await found(id);
      await store.change(id, {
        ...(name !== undefined && { name: checkName(name) }),
        ...(dialect !== undefined && { dialect }),
        ...(redirects !== undefined && { redirects: checkRedirects(redirects) }),
        ...(secret !== undefined && { secretHash: secret === null ? null : hashOf(secret) }),
        ...(blocked !== undefined && { blockedAt: blocked ? clock.now() : null }),
      });
      return withoutSecret(await found(id));
    },

    /** With all its grants. What it told stays in the history. @throws AppError `not-found` */
    async remove(id: AppId, by: Actor): Promise<ClientApp> {
      requireRight(by, 'admin');
      const app = await found(id);
      await store.remove(id);
      return withoutSecret(app);
    },

    /** For the surface: how an app that came without a token is known here. */
    async known(clientId: string): Promise<ClientApp | undefined> {
      const app = isClientId(clientId) ? await store.byClientId(clientId) : undefined;
      return app && withoutSecret(app);
    },
  };
}

function checkName(given: string): string {
  const name = nameFor('', given);
  if (name === '') throw invalid('name', 'must be 1 to 100 characters');
  return name;
}

function checkRedirects(targets: readonly string[]): readonly string[] {
  if (targets.length > MOST_REDIRECTS) throw invalid('redirects', `must be at most ${MOST_REDIRECTS}`);
  for (const target of targets) {
    const fault = targetFault(target);
    if (fault !== undefined) throw invalid('redirects', `nobody can be sent to ${target.slice(0, 100)} (${fault})`);
  }
  return [...new Set(targets)];
}
