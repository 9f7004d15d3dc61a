import { isIP } from 'node:net';

/** Where nobody can be sent: the person reads the code on the page, and types it into the app. */
export const OUT_OF_BAND = 'urn:ietf:wg:oauth:2.0:oob';

const LONGEST = 2_000;

// Schemes that run something, read something, or belong to the system instead of to one app.
const NOT_OF_AN_APP: ReadonlySet<string> = new Set([
  'about',
  'blob',
  'chrome',
  'chrome-extension',
  'data',
  'file',
  'filesystem',
  'ftp',
  'intent',
  'javascript',
  'jar',
  'mailto',
  'moz-extension',
  'resource',
  'sms',
  'tel',
  'urn',
  'vbscript',
  'view-source',
  'ws',
  'wss',
]);

export type TargetFault = 'missing' | 'unreadable' | 'unsafe' | 'unprotected';

/**
 * What is wrong with an address that an app wants its person sent back to; undefined where nothing is. A code that travels in the clear
 * may do so within the household alone.
 */
export function targetFault(target: string): TargetFault | undefined {
  if (target === '') return 'missing';
  if (target === OUT_OF_BAND) return undefined;
  // A browser drops some of these before it reads the scheme: what is shown would not be what is opened.
  if (target.length > LONGEST || /[\s\p{Cc}\p{Cf}\\]/u.test(target) || !URL.canParse(target)) return 'unreadable';
  const url = new URL(target);
  if (url.hash !== '' || target.includes('#')) return 'unreadable';
  const scheme = url.protocol.slice(0, -1);
  if (NOT_OF_AN_APP.has(scheme)) return 'unsafe';
  if (scheme !== 'http' && scheme !== 'https') return undefined;
  if (url.username !== '' || url.password !== '') return 'unsafe';
  return scheme === 'https' || isOfTheHousehold(url.hostname) ? undefined : 'unprotected';
}

/** Whether an app that may be sent to `allowed` may be sent to `asked`: the same, to the letter, but for the port of a loopback address. */
export function sameTarget(allowed: string, asked: string): boolean {
  if (allowed === asked) return true;
  const [one, other] = [loopbackOf(allowed), loopbackOf(asked)];
  return one !== undefined && one === other;
}

/** A loopback address without its port, which a program on a desktop is given anew at each start. */
function loopbackOf(target: string): string | undefined {
  if (!URL.canParse(target)) return undefined;
  const url = new URL(target);
  if (url.protocol !== 'http:' || !isLoopback(url.hostname)) return undefined;
  url.port = '';
  return url.href;
}

const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '');
const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || bare(hostname) === '::1' || (isIP(hostname) === 4 && hostname.startsWith('127.'));

const PRIVATE_V4 = /^(10\.|127\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.)/;
const PRIVATE_V6 = /^(::1$|f[cd]|fe[89ab])/;
const HOME_NAME = /(^[^.]+|\.(local|lan|home|internal|localhost|home\.arpa))$/;

function isOfTheHousehold(hostname: string): boolean {
  const host = bare(hostname);
  if (isIP(host) === 4) return PRIVATE_V4.test(host);
  if (isIP(host) === 6) return PRIVATE_V6.test(host);
  return HOME_NAME.test(host);
}

/** The target with what the app is to be told; what it has in its query stays. */
export function withAnswer(target: string, answer: Readonly<Record<string, string | undefined>>): string {
  const said = Object.entries(answer).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const query = new URLSearchParams(said).toString();
  return `${target}${target.includes('?') ? (/[?&]$/.test(target) ? '' : '&') : '?'}${query}`;
}
