import { MAIN_PERSON } from '#core/people/index.ts';
import type { AppGrants } from '#features/app-grants/index.ts';
import type { PersonId } from '#kernel/ids.ts';

export type LetIn = Readonly<{
  person?: PersonId;
  clientId?: string;
  /** 1 unless told. */
  generation?: 1 | 2;
  /** Of the second generation; the first may always write. */
  readOnly?: boolean;
}>;

const VERIFIER = 'a-verifier-of-at-least-forty-three-characters';
const S256_OF_VERIFIER = 'mg3QoZgnRJxQy_jYdfW7D8wJkoziCuM8Yhos7PwVvsI';
const REDIRECT = 'https://app.test/back';

export type AppInside = Readonly<{ clientId: string; token: string; headers: Readonly<Record<string, string>> }>;

/** A person lets an app in, by the road through a browser. The headers are those that apps send. */
export async function letAppIn({ codes }: Pick<AppGrants, 'codes'>, wish: LetIn = {}): Promise<AppInside> {
  const { person = MAIN_PERSON, clientId = 'test-app', generation = 1, readOnly = false } = wish;
  const asked = { generation, clientId, redirect: REDIRECT, challenge: S256_OF_VERIFIER, challengeMethod: 'S256' };
  const scope = readOnly ? 'media:read' : 'media:read media:write';
  const approved = await codes.approve({ ...asked, scope }, { personId: person, name: 'test' });
  if (typeof approved === 'string') throw new Error(`the app was not let in: ${approved}`);
  const exchanged = await codes.exchange({ generation, clientId, code: approved.code, verifier: VERIFIER, redirect: REDIRECT });
  if (exchanged.outcome === 'refused') throw new Error(`the code was not taken: ${exchanged.reason}`);
  const token = exchanged.tokens.accessToken;
  return { clientId, token, headers: { authorization: `Bearer ${token}`, 'simkl-api-key': clientId } };
}

/** Somebody signs in and lets an app in: by the id of its request, or by the short code that a device shows. */
export async function decideAs(
  address: string,
  who: Readonly<{ username: string; password: string }>,
  id: string,
): Promise<Readonly<{ person: string; redirect: string | null }>> {
  const json = async (path: string, body: object, headers = {}) => {
    const sent = { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } };
    const reply = await fetch(`${address}/api/v1${path}`, sent);
    if (!reply.ok) throw new Error(`${path} was answered with ${reply.status}: ${await reply.text()}`);
    return reply.json();
  };
  const { token } = (await json('/session', who)) as { token: string };
  const decision = json(`/approvals/${id}/decision`, { answer: 'approve' }, { authorization: `Bearer ${token}` });
  return (await decision) as Readonly<{ person: string; redirect: string | null }>;
}
