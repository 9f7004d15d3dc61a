import { networkInterfaces } from 'node:os';
import { resolve } from 'node:path';
import { Value } from 'typebox/value';
import { AppError, type FieldFault } from '#kernel/app-error.ts';
import { Environment, isTimeZone, type LOG_LEVELS, programEnvironment, SECRET_VARIABLES, splitList, zoneName } from './environment.ts';

/** Where and how this process runs. What the user chose is a setting, and lives in the database. */
export type Config = Readonly<{
  /** The address to listen on; by default all interfaces. */
  host: string;
  /** 0 lets the system choose a free port. */
  port: number;
  publicUrl: URL | undefined;
  /** The path of `publicUrl` without its last slash: '' or '/usherr'. */
  basePath: string;
  /** Addresses and CIDR networks whose forwarded headers count. */
  trustedProxies: readonly string[];
  /** An IANA name. */
  timeZone: string;
  /** Absolute. */
  dataDir: string;
  /** A PostgreSQL URL, password included; undefined means SQLite in the data folder. */
  databaseUrl: string | undefined;
  apiKey: string | undefined;
  admin: Readonly<{ username: string; password: string }> | undefined;
  logLevel: LogLevel;
  /** What stored tokens are encrypted with; undefined means that it is generated into the data folder. */
  secret: string | undefined;
  /** Whether an owner or admin may run a shell on this host over the API. Only the host can say so. */
  consoleShell: boolean;
  /** Programs of others that we start. Those that are undefined are looked for. */
  programs: Readonly<{ ffmpeg: string | undefined; ffprobe: string | undefined; environment: Readonly<Record<string, string>> }>;
}>;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** The variables as a process has them. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Compose files pass `KEY=` for what the user left blank, so an empty value says nothing. */
const withoutEmpty = (variables: Variables): Record<string, string> => {
  const kept: Record<string, string> = {};
  for (const name of Object.keys(Environment.properties)) {
    const value = variables[name];
    if (value !== undefined && value.trim() !== '') kept[name] = value;
  }
  return kept;
};

const faultsOf = (given: Record<string, string>): FieldFault[] => {
  // One variable at a time: of a whole object only the first few faults are told.
  const faults = Object.entries(Environment.properties).flatMap(([field, schema]) =>
    given[field] === undefined
      ? []
      : [...Value.Errors(schema, given[field])].map(({ message }) => {
          const shown = SECRET_VARIABLES.has(field) ? '' : ` (it is "${given[field]}")`;
          return { field, message: `${message}${shown}` };
        }),
  );
  const pair = ['USHERR_ADMIN_USERNAME', 'USHERR_ADMIN_PASSWORD'] as const;
  for (const [name, other] of [pair, [pair[1], pair[0]]] as const) {
    if (given[name] === undefined && given[other] !== undefined)
      faults.push({ field: name, message: `must be set together with ${other}` });
  }
  return faults;
};

/** A machine without IPv6 refuses to listen on '::', and one with it hears IPv4 there as well. */
const allInterfaces = (): string =>
  Object.values(networkInterfaces()).some((addresses) => addresses?.some((address) => address.family === 'IPv6')) ? '::' : '0.0.0.0';

/** The zone of the machine. A process that has TZ= sees none until the empty value is gone; without any, it is UTC. */
function systemZone(variables: Variables): string {
  if (variables === process.env && variables.TZ?.trim() === '') delete process.env.TZ;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return isTimeZone(zone) ? zone : 'UTC';
}

const basePathOf = (url: URL | undefined): string => url?.pathname.replace(/\/+$/, '') ?? '';

/**
 * Reads the environment once. An empty value counts as unset.
 * @throws AppError `misconfigured` with every fault at once; its message names them all, a line each, and shows no secret.
 */
export function loadConfig(variables: Variables = process.env): Config {
  const given = withoutEmpty(variables);
  const faults = faultsOf(given);
  if (faults.length > 0) {
    const lines = faults.map(({ field, message }) => `  ${field} ${message}`);
    throw new AppError('misconfigured', `The environment has values that cannot be used:\n${lines.join('\n')}`, { faults });
  }
  const env: Environment = given;
  const publicUrl = env.USHERR_PUBLIC_URL === undefined ? undefined : new URL(env.USHERR_PUBLIC_URL);
  const { USHERR_ADMIN_USERNAME: username, USHERR_ADMIN_PASSWORD: password } = env;
  return Object.freeze({
    host: env.USHERR_HOST ?? allInterfaces(),
    port: Number(env.USHERR_PORT ?? '4848'),
    publicUrl,
    basePath: basePathOf(publicUrl),
    trustedProxies: Object.freeze(splitList(env.USHERR_TRUSTED_PROXIES ?? '')),
    timeZone: env.TZ === undefined ? systemZone(variables) : zoneName(env.TZ),
    dataDir: resolve(env.USHERR_DATA_DIR ?? 'data'),
    databaseUrl: env.USHERR_DATABASE_URL,
    apiKey: env.USHERR_API_KEY,
    admin: username !== undefined && password !== undefined ? Object.freeze({ username, password }) : undefined,
    logLevel: (env.USHERR_LOG_LEVEL?.toLowerCase() ?? 'info') as LogLevel,
    secret: env.USHERR_SECRET,
    consoleShell: /^(1|true|on|yes)$/i.test(env.WS_CONSOLE_ENABLE_ALL ?? ''),
    programs: Object.freeze({
      ffmpeg: env.USHERR_FFMPEG,
      ffprobe: env.USHERR_FFPROBE,
      environment: Object.freeze(programEnvironment(variables)),
    }),
  });
}
