import type { AppInside } from './simkl-apps.ts';

export type SimklReply<Body> = Readonly<{ status: number; body: Body; headers: Headers }>;

/** Calls a house as an app does: with its token and its client_id, and JSON both ways. */
export const createSimklCalls =
  (address: () => string, app: Pick<AppInside, 'headers'>) =>
  async <Body = unknown>(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<SimklReply<Body>> => {
    const reply = await fetch(`${address()}${path}`, {
      method,
      redirect: 'manual',
      headers: { ...app.headers, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await reply.text();
    return { status: reply.status, body: (text === '' ? undefined : JSON.parse(text)) as Body, headers: reply.headers };
  };

export type SimklCalls = ReturnType<typeof createSimklCalls>;
