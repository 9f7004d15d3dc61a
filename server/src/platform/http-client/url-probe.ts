import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { Agent, request } from 'undici';
import { AppError, invalid, messageOf } from '#kernel/app-error.ts';
import { type Duration, seconds } from '#kernel/instant.ts';
import { readBody, textOf } from './read-text.ts';

export type UrlProbeOrder = Readonly<{
  url: string;
  method: string;
  headers: Readonly<Record<string, string>>;
  timeoutMs?: Duration;
  signal?: AbortSignal;
}>;
export type UrlProbeAnswer = Readonly<{ status: number; headers: Readonly<Record<string, string>>; body: string }>;

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
const PATIENCE: Duration = seconds(15);
const MOST_BYTES = 1_048_576;

/** Where clouds hand out the keys of the machine, and what is nobody's address. Servers of the household are none of these. */
const REFUSED = new BlockList();
REFUSED.addSubnet('169.254.0.0', 16, 'ipv4');
REFUSED.addAddress('100.100.100.200', 'ipv4');
REFUSED.addSubnet('0.0.0.0', 8, 'ipv4');
REFUSED.addSubnet('224.0.0.0', 4, 'ipv4');
REFUSED.addAddress('255.255.255.255', 'ipv4');
REFUSED.addAddress('::', 'ipv6');
REFUSED.addSubnet('fe80::', 10, 'ipv6');
REFUSED.addAddress('fd00:ec2::254', 'ipv6');
REFUSED.addSubnet('ff00::', 8, 'ipv6');

const isRefused = (address: string): boolean => REFUSED.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

const refusal = (host: string): AppError =>
  invalid('url', `${host} is an address of the machine's own network or of a cloud's metadata service, which is not asked`);

/** The address that is connected to is the one that was looked at: a name cannot mean another one a moment later. */
const lookUp: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    const refused = addresses.find(({ address }) => isRefused(address));
    if (refused) return callback(refusal(hostname), []);
    if (options.all === true) return callback(null, addresses);
    const [first] = addresses;
    return callback(null, first?.address ?? '', first?.family);
  });
};

const agent = new Agent({ connect: { timeout: PATIENCE, lookup: lookUp }, maxRedirections: 0 } as Agent.Options);

function targetOf(given: string): URL {
  if (!URL.canParse(given)) throw invalid('url', 'must be a whole address, such as https://example.com');
  const url = new URL(given);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw invalid('url', 'must begin with http:// or https://');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && isRefused(host)) throw refusal(host);
  return url;
}

/**
 * One request to any address, for a person who looks for a fault: no redirect is followed, and at most 1 MiB is read. Throws `invalid`
 * (`url`, `method`, `headers`) for what is not asked at all, and an `upstream-…` where no answer came.
 */
export async function probeUrl(order: UrlProbeOrder): Promise<UrlProbeAnswer> {
  const url = targetOf(order.url);
  const method = METHODS.find((one) => one === order.method.toUpperCase());
  if (method === undefined) throw invalid('method', `must be one of ${METHODS.join(', ')}`);
  const timeoutMs = order.timeoutMs ?? PATIENCE;
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = order.signal ? AbortSignal.any([order.signal, timeout]) : timeout;
  try {
    const response = await request(url, { dispatcher: agent, method, headers: order.headers, signal });
    const headers = flatten(response.headers);
    const read = await readBody(response.body, headers['content-length'], MOST_BYTES);
    const body = read === 'too-large' ? `(more than ${MOST_BYTES / 1_048_576} MiB, not read)` : textOf(read.whole());
    return { status: response.statusCode, headers, body };
  } catch (cause) {
    throw faultOf(cause, url, timeout.aborted ? timeoutMs : undefined);
  }
}

function faultOf(cause: unknown, url: URL, waitedMs: Duration | undefined): AppError {
  if (cause instanceof AppError) return cause;
  if (/invalid .*header|header .*invalid/i.test(messageOf(cause)))
    return invalid('headers', 'holds a name or a value that HTTP does not allow');
  if (waitedMs !== undefined)
    return new AppError('upstream-timeout', `${url.host} has not answered within ${waitedMs / 1_000} s.`, { cause });
  return new AppError('upstream-unreachable', `${url.host} does not answer: ${messageOf(cause)}.`, { cause });
}

function flatten(given: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const entries = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as const]));
  return Object.fromEntries(entries);
}
