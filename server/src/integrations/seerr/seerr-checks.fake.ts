import type { MoodyReply, MoodyRequest } from '#core/upstreams/moody-http.fake.ts';
import { isRecord } from '#kernel/json.ts';
import { said } from './seerr-asking.fake.ts';

/** The guard's own shape: `error`, where handlers say `message`. It is the same for a wrong key, an unknown user and a missing right. */
export const FORBIDDEN: MoodyReply = { status: 403, body: { status: 403, error: 'You do not have permission to access this endpoint' } };

export const noCredentials = (path: string): MoodyReply => {
  const message = "cookie 'connect.sid' required";
  return { status: 401, body: { message, errors: [{ path, message }] } };
};

export const notFound = (path: string): MoodyReply => ({
  status: 404,
  body: { message: 'not found', errors: [{ path, message: 'not found' }] },
});

const validation = (status: number, message: string, path: string, inner: string): MoodyReply => ({
  status,
  body: { message, errors: [{ path, message: inner, errorCode: 'type.openapi.validation' }] },
});

/** `at` is where the fault is, as in `.query.take`. */
export const invalidBody = (at: string, fault: string): MoodyReply => validation(400, `request${at} ${fault}`, at, fault);

export function unknownQuery(request: MoodyRequest, known: readonly string[]): MoodyReply | undefined {
  const name = Object.keys(request.query).find((each) => !known.includes(each));
  const message = `Unknown query parameter '${name}'`;
  return name === undefined ? undefined : validation(400, message, `.query.${name}`, message);
}

export function unsupportedBody(request: MoodyRequest, names: readonly string[]): MoodyReply | undefined {
  const type = request.headers['content-type'];
  if (!type?.includes('application/json'))
    return validation(415, `unsupported media type ${type}`, request.path, `unsupported media type ${type}`);
  const body = isRecord(request.body) ? request.body : {};
  const missing = names.find((name) => !(name in body));
  return missing === undefined ? undefined : invalidBody(`.body.${missing}`, `should have required property '${missing}'`);
}

/** `take`: ten where none or 0 is asked for, everything below that. */
export function spanOf(
  query: Readonly<Record<string, string>>,
  total: number,
): Readonly<{ skip: number; take: number }> | Readonly<{ refused: MoodyReply }> {
  const [take, skip] = [Number(query.take ?? 10), Number(query.skip ?? 0)];
  if (Number.isNaN(take)) return { refused: invalidBody('.query.take', 'should be number,null') };
  if (Number.isNaN(skip)) return { refused: invalidBody('.query.skip', 'should be number,null') };
  if (!Number.isInteger(take) || !Number.isInteger(skip)) return said(500, 'SQLITE_MISMATCH: datatype mismatch');
  return { skip: Math.max(0, skip), take: take < 0 ? Math.max(1, total) : take || 10 };
}
