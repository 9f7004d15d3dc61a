import { isIP } from 'node:net';
import { isAbsolute } from 'node:path';
import { type Static, Type } from 'typebox';

/** The variables whose value is never repeated in a message. */
export const SECRET_VARIABLES: ReadonlySet<string> = new Set([
  'USHERR_DATABASE_URL',
  'USHERR_API_KEY',
  'USHERR_ADMIN_PASSWORD',
  'USHERR_SECRET',
]);

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const text = (check: (value: string) => boolean, wanted: string) =>
  Type.Optional(
    Type.Refine(
      Type.String(),
      (value) => check(value),
      () => wanted,
    ),
  );

const urlOf = (value: string): URL | undefined => (URL.canParse(value) ? new URL(value) : undefined);

/** Also takes the host names of a listen address; whether one resolves is only known once the server listens. */
const isHost = (value: string): boolean => isIP(value) !== 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(value);

const isPublicUrl = (value: string): boolean => {
  const url = urlOf(value);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return false;
  return url.username === '' && url.password === '' && url.search === '' && url.hash === '';
};

/**
 * What programs that we start see of our environment: where things are, which language, which graphics driver. Our own variables hold
 * secrets, and a program that reads other people's files need not know them.
 */
const FOR_PROGRAMS =
  /^(PATH|HOME|USER|LANG|LANGUAGE|LC_\w+|TZ|TMPDIR|TEMP|TMP|LD_LIBRARY_PATH|DYLD_\w+|FONTCONFIG_\w+|XDG_\w+|LIBVA_\w+|VDPAU_\w+|NVIDIA_\w+|CUDA_\w+|MESA_\w+|SYSTEMROOT|WINDIR|PATHEXT)$/i;

export const programEnvironment = (variables: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(variables).flatMap(([name, value]) => (value && FOR_PROGRAMS.test(name) ? [[name, value]] : [])));

export const splitList = (value: string): string[] => value.split(/[\s,]+/).filter((entry) => entry !== '');

/**
 * An address or a network in CIDR notation. Names are refused: a forwarded header is believed on the strength of this list. So is the
 * network of everybody, with which anybody could say to be anyone.
 */
const isNetwork = (value: string): boolean => {
  const [address = '', prefix, ...rest] = value.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) >= 1 && Number(prefix) <= (version === 4 ? 32 : 128));
};

/** POSIX lets a zone name begin with a colon. */
export const zoneName = (value: string): string => value.replace(/^:/, '');

export const isTimeZone = (value: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zoneName(value) });
    return true;
  } catch {
    return false;
  }
};

/** A name alone would be looked for in whatever folders the process happens to have. */
const isProgram = (value: string): boolean => isAbsolute(value) && !value.includes('\0');

const isDatabaseUrl = (value: string): boolean => {
  const url = urlOf(value);
  return url !== undefined && (url.protocol === 'postgres:' || url.protocol === 'postgresql:') && url.hostname !== '';
};

/** The whole environment of the process. Every value is text; an empty one has been left out before. */
export const Environment = Type.Object({
  USHERR_HOST: text(isHost, 'must be an IP address or a host name to listen on, such as 0.0.0.0'),
  USHERR_PORT: text((value) => /^\d{1,5}$/.test(value) && Number(value) <= 65_535, 'must be a port number from 0 to 65535'),
  USHERR_PUBLIC_URL: text(
    isPublicUrl,
    'must be an http or https address without user, query or fragment, such as https://media.example.org/usherr',
  ),
  USHERR_TRUSTED_PROXIES: text(
    (value) => splitList(value).every(isNetwork),
    'must be IP addresses or networks (not of everybody), separated by commas, such as 10.0.0.2, 172.16.0.0/12',
  ),
  TZ: text(isTimeZone, 'must be a time zone name, such as Europe/Berlin'),
  USHERR_DATA_DIR: text((value) => !value.includes('\0'), 'must be the path of a folder'),
  USHERR_DATABASE_URL: text(isDatabaseUrl, 'must be postgres://user:password@host:port/database, or unset for SQLite in the data folder'),
  USHERR_API_KEY: text((value) => /^[\x21-\x7e]{8,256}$/.test(value), 'must be 8 to 256 printable ASCII characters without spaces'),
  USHERR_ADMIN_USERNAME: text(
    (value) => value.trim() === value && value.length <= 64 && !/[\p{Cc}\p{Cf}]/u.test(value),
    'must be at most 64 characters, none of them invisible, without spaces around it',
  ),
  // As the rule for every password is, so that it is told with all other faults and not by a second failed start.
  USHERR_ADMIN_PASSWORD: text(
    (value) => [...value].length >= 8 && Buffer.byteLength(value, 'utf8') <= 1_024,
    'must be at least 8 characters and at most 1024 bytes',
  ),
  USHERR_LOG_LEVEL: text((value) => LOG_LEVELS.some((level) => level === value.toLowerCase()), `must be one of ${LOG_LEVELS.join(', ')}`),
  // WatchState's own name, since its users have it in their compose files.
  WS_CONSOLE_ENABLE_ALL: text((value) => /^(1|0|true|false|on|off|yes|no)$/i.test(value), 'must be 1 or 0'),
  USHERR_FFMPEG: text(isProgram, 'must be the path of the program ffmpeg, such as /usr/bin/ffmpeg'),
  USHERR_FFPROBE: text(isProgram, 'must be the path of the program ffprobe, such as /usr/bin/ffprobe'),
  USHERR_SECRET: text((value) => value.length >= 16, 'must be at least 16 characters; "openssl rand -hex 32" makes a good one'),
});

export type Environment = Static<typeof Environment>;
