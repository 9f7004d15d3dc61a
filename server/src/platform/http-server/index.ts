export { type EventStreamOptions, type StreamEvent, sendEvents } from './event-stream.ts';
export { type GuardOptions, guard } from './guard.ts';
export { asAppError, pathnameOf } from './http-server.errors.ts';
export { createHttpServer, type HttpServer, type HttpServerDeps } from './http-server.ts';
export { acceptJsonAsText, jsonParserOf } from './request-bodies.ts';
export { createRequestLimit, type RequestLimit } from './request-limit.ts';
export { whileWelcome } from './while-welcome.ts';
