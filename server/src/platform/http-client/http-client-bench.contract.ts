import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';
import { AppError } from '#kernel/app-error.ts';
import { createHttpClient, type HttpClientOptions } from './http-client.ts';

export type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

/** Servers of the tests of the calling file, each of which lasts until its test ends or `closeServers` is called. */
export function useServers() {
  const cleanUps: (() => Promise<void>)[] = [];
  const atEnd = (cleanUp: () => Promise<void>): void => void cleanUps.push(cleanUp);
  const closeServers = async (): Promise<void> => {
    for (const cleanUp of cleanUps.splice(0)) await cleanUp();
  };
  afterEach(closeServers);

  async function serve(answer: Answer): Promise<string> {
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += String(chunk);
      });
      request.on('end', () => answer(request, response, body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    atEnd(
      () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    );
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  return { serve, atEnd, closeServers };
}

export const json =
  (value: unknown): Answer =>
  (_request, response) =>
    void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
export const signal = new AbortController().signal;
export const clientFor = (baseUrl: string, more: Partial<HttpClientOptions> = {}) =>
  createHttpClient({ baseUrl, name: 'plex_main', timeoutMs: 5_000, firstPauseMs: 2, ...more });

export async function faultOf(promise: Promise<unknown>): Promise<AppError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('it answered where a fault was expected');
}
