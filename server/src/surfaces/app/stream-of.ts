import type { FastifyRequest } from 'fastify';
import type { Actor } from '#core/access/index.ts';
import { AppError, invalid } from '#kernel/app-error.ts';
import { callerOf } from './app.auth.ts';

/** Throws where whoever sent the request may not any more. */
export type Authenticate = (request: FastifyRequest) => Promise<void>;

const reachOf = ({ role, personId, scopes }: Actor): string => JSON.stringify([role, personId, scopes]);

/** For a stream, which tells what its listener could see when it began. Throws where they may not listen any more, or may do otherwise. */
export function createWelcome(request: FastifyRequest, authenticate: Authenticate): () => Promise<void> {
  const before = reachOf(callerOf(request));
  return async () => {
    await authenticate(request);
    const caller = callerOf(request);
    if (reachOf(caller) !== before) throw new AppError('forbidden', `${caller.name} has other rights than before. Listen anew.`);
  };
}

/** Where a listener that lost its line was. */
export function lastEventOf({ headers }: FastifyRequest, longest = 100): string | undefined {
  const given = headers['last-event-id'];
  if (given === undefined || given === '') return undefined;
  if (typeof given !== 'string' || given.length > longest) throw invalid('header last-event-id', 'must be an id of this stream');
  return given;
}
