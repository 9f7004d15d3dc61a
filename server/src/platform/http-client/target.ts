import { invalid } from '#kernel/app-error.ts';

/** Values are written as text; undefined ones are left out; lists repeat their name. */
export type HttpQuery = Readonly<Record<string, string | number | boolean | readonly (string | number)[] | undefined>>;

/** Where a client's calls go. `authorization` comes from a user name and password in the address, which is never printed. */
export type Target = Readonly<{
  origin: string;
  /** Without credentials and query: safe to print. */
  shown: string;
  /** Path and query of a call, the base's own path in front. */
  path(path: string, query?: HttpQuery): string;
  authorization: string | undefined;
  secrets: readonly string[];
}>;

export function parseTarget(baseUrl: string): Target {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw invalid('url', 'is not an address that begins with http:// or https://');
  }
  const base = url.pathname.replace(/\/+$/, '');
  const user = decodeURIComponent(url.username);
  const password = decodeURIComponent(url.password);
  return {
    origin: url.origin,
    shown: url.origin + base,
    path: (path, query) => base + (path.startsWith('/') ? path : `/${path}`).replace(/[?#]/g, encodeURIComponent) + queryText(query),
    authorization: user === '' && password === '' ? undefined : `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
    secrets: password === '' ? [] : [password],
  };
}

function queryText(query: HttpQuery | undefined): string {
  if (query === undefined) return '';
  const pairs: string[] = [];
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    const values = Array.isArray(value) ? value : [value];
    for (const one of values) pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(String(one))}`);
  }
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}
