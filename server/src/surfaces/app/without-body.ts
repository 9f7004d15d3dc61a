import type { FastifyRequest } from 'fastify';

/** For routes of which every member may be left out: then so may the body. */
export const withoutBody = async (request: FastifyRequest): Promise<void> => {
  request.body ??= {};
};
