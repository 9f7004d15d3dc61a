import type { FastifyRequest } from 'fastify';
import { type Access, type Actor, type CredentialKind, requireActAsAnyone, requireRight } from '#core/access/index.ts';
import { AppError } from '#kernel/app-error.ts';

export type SeerrSyncAuthDeps = Readonly<{ access: Pick<Access, 'authenticate'> }>;

export const callerDecoration = 'seerrSyncCaller';

const KINDS: readonly CredentialKind[] = ['login', 'api-key'];

/** Who sent this request. */
export const callerOf = (request: FastifyRequest): Actor => request.getDecorator<Actor>(callerDecoration);

/**
 * Takes credentials from X-API-Key (or X-APIKEY) and `Authorization: Bearer`. To look needs `read`, anything else `admin`; either for whoever may act as
 * anyone, since requests are of everybody. Throws `unauthenticated` and `forbidden`.
 */
export function createAuthenticator({ access }: SeerrSyncAuthDeps): (request: FastifyRequest) => Promise<void> {
  return async (request) => {
    const { 'x-api-key': ours, 'x-apikey': short, authorization = '' } = request.headers;
    const key = ours ?? short;
    const credential = typeof key === 'string' && key !== '' ? key : /^\s*bearer\s+(\S+)\s*$/i.exec(authorization)?.[1];
    const found = credential === undefined ? undefined : await access.authenticate({ credential, surface: 'seerr-sync', kinds: KINDS });
    if (!found) throw new AppError('unauthenticated', 'Send a valid API key in the header X-API-Key or as Authorization: Bearer.');
    requireActAsAnyone(found.actor);
    requireRight(found.actor, request.method === 'GET' || request.method === 'HEAD' ? 'read' : 'admin');
    request.setDecorator(callerDecoration, found.actor);
  };
}
