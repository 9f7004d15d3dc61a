import type { OwnIds } from '#core/media/index.ts';
import type { CallOptions, IssuedToken, MediaServer, UpstreamConnection } from '#core/upstreams/index.ts';
import { AppError, isAppError } from '#kernel/app-error.ts';
import { type Clock, minutes } from '#kernel/instant.ts';
import { isRecord } from '#kernel/json.ts';
import { createHttpClient } from '#platform/http-client/index.ts';
import { createCalls } from './calls.ts';
import type { Dialect } from './dialect.ts';
import { createLookup } from './lookup.ts';
import { createMediaServer } from './media-server.ts';
import { readObjectReply, text } from './mediabrowser.wire.ts';

/** An upgraded server is noticed after this; until then its version, which says where things are, is not asked for again. */
const VERSION_KEPT_MS = minutes(10);

export type MediaBrowserFamily = Readonly<{
  connect(connection: UpstreamConnection): MediaServer;
  signIn(login: Readonly<{ url: string; username: string; password: string }>, options: CallOptions): Promise<IssuedToken>;
  tokenForUser(connection: UpstreamConnection, user: Readonly<{ id: string }>, options: CallOptions): Promise<string>;
}>;

export type MediaBrowserDeps = Readonly<{
  clock: Clock;
  dialect: Dialect;
  /** What the household says about ids of its own, now. */
  ownIds: () => OwnIds;
}>;

/** Servers that descend from MediaBrowser: one adapter, told by a dialect where each member of the family keeps things. */
export function createMediaBrowser({ clock, dialect, ownIds }: MediaBrowserDeps): MediaBrowserFamily {
  const versionOf = createLookup<string>(clock, VERSION_KEPT_MS);
  return {
    connect: (connection) => createMediaServer({ calls: createCalls({ connection, dialect, versionOf }), clock, ownIds }),

    async signIn({ url, username, password }, { signal }) {
      const http = createHttpClient({ baseUrl: url, name: dialect.title, secrets: [password] });
      const body = { Username: username, Pw: password };
      try {
        const path = '/Users/AuthenticateByName';
        const reply = await http.send({ method: 'POST', path, headers: dialect.signInHeaders, body, signal });
        return issuedToken(reply.json(), dialect.title);
      } catch (fault) {
        throw isAppError(fault, 'upstream-unauthorized') ? wrongPassword(dialect.title, fault) : fault;
      } finally {
        await http.close();
      }
    },

    /** An administrator's token, and an API key, may act for every user of its server; whether ours may is asked, not assumed. */
    async tokenForUser(connection, user, { signal }) {
      const calls = createCalls({ connection, dialect, versionOf });
      await calls.get((await calls.routes(signal)).views(user.id), signal);
      return connection.token;
    },
  };
}

const wrongPassword = (vendor: string, cause: unknown): AppError =>
  new AppError('upstream-unauthorized', `${vendor}: the server does not know this user name with this password.`, { cause });

function issuedToken(raw: unknown, vendor: string): IssuedToken {
  const reply = readObjectReply(raw, vendor, 'answer to a sign-in');
  const user = isRecord(reply.User) ? reply.User : {};
  const token = text(reply.AccessToken);
  const userId = text(user.Id);
  if (token === undefined || userId === undefined) {
    throw new AppError('upstream-unreadable', `${vendor}: the server took the password and gave no token. Is it ${vendor}?`);
  }
  const serverUuid = text(reply.ServerId);
  return { token, userId, userName: text(user.Name) ?? userId, ...(serverUuid !== undefined && { serverUuid }) };
}
