import { isIPv6 } from 'node:net';
import { resolve } from 'node:path';
import type { Variables } from './config.ts';

/** How a command line on any machine finds a server. What it does not use of the environment is not checked. */
export type ClientConfig = Readonly<{
  url: string;
  apiKey: string | undefined;
  /** Of a server on this host. */
  dataDir: string;
  /** Somebody runs it through the server: the host's own powers are not theirs. */
  remote: boolean;
}>;

/** What a program that we start needs of our environment. The rest may hold secrets. */
export const bareEnvironment = (variables: Variables = process.env): Record<string, string> =>
  Object.fromEntries(
    ['PATH', 'HOME', 'LANG', 'TZ', 'SystemRoot'].flatMap((name) => (variables[name] === undefined ? [] : [[name, variables[name]]])),
  );

const given = (value: string | undefined): string | undefined => value?.trim() || undefined;

/** A server of this host that listens on one address alone is not at localhost. */
function ownHost(host: string | undefined): string {
  if (host === undefined || host === '0.0.0.0' || host === '::') return 'localhost';
  return isIPv6(host) ? `[${host}]` : host;
}

/** USHERR_URL, else USHERR_HOST and USHERR_PORT of this host; USHERR_API_KEY; USHERR_DATA_DIR. An empty value counts as unset. */
export const loadClientConfig = (variables: Variables = process.env): ClientConfig => ({
  url: given(variables.USHERR_URL) ?? `http://${ownHost(given(variables.USHERR_HOST))}:${given(variables.USHERR_PORT) ?? '4848'}`,
  apiKey: given(variables.USHERR_API_KEY),
  dataDir: resolve(given(variables.USHERR_DATA_DIR) ?? 'data'),
  remote: given(variables.USHERR_CONSOLE) !== undefined,
});
