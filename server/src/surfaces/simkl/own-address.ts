import type { FastifyRequest } from 'fastify';

/** Where this house is reached, without a slash at the end: as it was set, else as the caller reached it. */
export const ownAddress = (request: FastifyRequest, publicUrl: URL | undefined): string =>
  publicUrl?.href.replace(/\/+$/, '') ?? `${request.protocol}://${request.host}`;
