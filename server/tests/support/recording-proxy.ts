import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Exchange = Readonly<{
  method: string;
  /** Decoded, without the query. */
  path: string;
  query: URLSearchParams;
  headers: Readonly<Record<string, string>>;
  body: string;
  status: number;
  type: string;
  reply: string;
}>;

async function textOf(stream: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** Stands between a client and a server and keeps all that they say to each other. `before` is told of each call before the server is. */
export async function createRecordingProxy(target: string, before: (path: string) => void = () => undefined) {
  const exchanges: Exchange[] = [];
  const server = createServer((incoming, outgoing) => {
    pass(incoming).then(
      ({ status, headers, body }) => outgoing.writeHead(status, headers).end(body),
      (error: unknown) => outgoing.writeHead(502).end(String(error)),
    );
  });

  async function pass(incoming: IncomingMessage) {
    const body = await textOf(incoming);
    const { host: _host, connection: _connection, 'accept-encoding': _encoding, ...headers } = incoming.headers;
    const url = new URL(target + (incoming.url ?? '/'));
    const own = new URL(incoming.url ?? '/', 'http://proxy.invalid');
    before(own.pathname);
    const reply = await new Promise<IncomingMessage>((resolve, reject) => {
      httpRequest(url, { method: incoming.method, headers }, resolve).on('error', reject).end(body);
    });
    const text = await textOf(reply);
    const type = reply.headers['content-type'] ?? '';
    exchanges.push({
      method: (incoming.method ?? 'GET').toLowerCase(),
      path: decodeURIComponent(own.pathname),
      query: own.searchParams,
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
      body,
      status: reply.statusCode ?? 0,
      type,
      reply: text,
    });
    const kept = Object.entries(reply.headers).filter(([name]) => !['transfer-encoding', 'content-length', 'connection'].includes(name));
    return { status: reply.statusCode ?? 502, headers: Object.fromEntries(kept), body: text };
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    exchanges,
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
