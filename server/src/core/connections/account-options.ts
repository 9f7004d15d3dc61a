import type { FieldFault } from '#kernel/app-error.ts';
import { commaList } from '#kernel/comma-list.ts';
import { isRecord } from '#kernel/json.ts';

export type OptionValue = string | number | boolean;
export type AccountOptions = Readonly<Record<string, OptionValue>>;

export type AccountOption = Readonly<{
  /** The published name, dotted. */
  key: string;
  type: 'string' | 'int' | 'float' | 'bool';
  min?: number;
  /** Of a text: nothing else is taken. */
  choices?: readonly string[];
  /** Stored encrypted, never handed out with the account. */
  secret?: true;
  /** Kept as a switch of the account itself, and shown under this name as well. */
  switch?: 'neverUnwatch' | 'metadataOnly';
  description: string;
}>;

const KEPT = 'Kept for programs that send it; it changes nothing here.';

const HTTP_1 =
  'Kept for programs that send it. Servers are called with HTTP/1.1 whatever it says, so 1.0 and 1.1 need nothing more, and 2 changes nothing.';

/** The lists of core/viewing, of which rooms below it know no more than the names. */
const LISTS = ['watching', 'plantowatch', 'hold', 'completed', 'dropped'];

/** Every option that an account takes. Names that people and scripts already use; what is not listed is not stored. */
export const ACCOUNT_OPTIONS: readonly AccountOption[] = [
  { key: 'ignore', type: 'string', description: 'Ids of libraries that are left alone, separated by commas.' },
  { key: 'LIBRARY_SEGMENT', type: 'int', min: 300, description: 'How many items are asked for at once.' },
  { key: 'ADMIN_TOKEN', type: 'string', secret: true, description: 'Token of the account that may act for the users of its home.' },
  { key: 'PLEX_USER_PIN', type: 'string', secret: true, description: "The user's PIN at plex.tv, needed to get their token." },
  { key: 'ADMIN_PLEX_USER_PIN', type: 'string', secret: true, description: 'The same of the admin of the home.' },
  { key: 'plex_user_uuid', type: 'string', description: "The user's id beyond this server." },
  { key: 'plex_user_name', type: 'string', description: "The user's name beyond this server." },
  { key: 'plex_external_user', type: 'bool', description: 'The user was invited from outside the home.' },
  { key: 'plex_guest_user', type: 'bool', description: 'The user is a guest of the home.' },
  { key: 'is_limited_token', type: 'bool', description: KEPT },
  { key: 'ALT_NAME', type: 'string', description: 'Name of the account from which this one was made.' },
  { key: 'ALT_ID', type: 'string', description: 'User of the account from which this one was made.' },
  { key: 'MAX_EPISODE_RANGE', type: 'int', min: 1, description: 'Longer ranges of episodes in one file are read as one episode.' },
  { key: 'DISABLE_MARK_UNPLAYED', type: 'bool', switch: 'neverUnwatch', description: 'It can never take a watched mark away.' },
  { key: 'IMPORT_METADATA_ONLY', type: 'bool', switch: 'metadataOnly', description: 'Its titles and ids are read, its plays are not.' },
  { key: 'ratings.import', type: 'bool', description: 'Ratings that are given there count here. Plex only; off unless told.' },
  { key: 'ratings.export', type: 'bool', description: 'Ratings are written there as well. Plex only; off unless told.' },
  { key: 'favorites.import', type: 'bool', description: 'Favourites there come on a list here. Jellyfin and Emby; off unless told.' },
  {
    key: 'favorites.export',
    type: 'bool',
    description: 'What is on that list becomes a favourite there. Jellyfin and Emby; off unless told.',
  },
  {
    key: 'favorites.list',
    type: 'string',
    choices: LISTS,
    description: 'The list that favourites stand for; plantowatch unless told.',
  },
  { key: 'watchlist.import', type: 'bool', description: "The user's watchlist comes on a list here. Plex only; off unless told." },
  { key: 'watchlist.export', type: 'bool', description: 'What is on that list comes on the watchlist. Plex only; off unless told.' },
  {
    key: 'watchlist.list',
    type: 'string',
    choices: LISTS,
    description: 'The list that the watchlist stands for; plantowatch unless told.',
  },
  {
    key: 'PLEX_TV_TOKEN',
    type: 'string',
    secret: true,
    description: "The user's own token at plex.tv, where the token of the server is not good there: the watchlist is kept there.",
  },
  { key: 'EXPORT_TIME_DIFF', type: 'int', min: 0, description: KEPT },
  { key: 'progress.time_drift', type: 'int', min: 0, description: KEPT },
  { key: 'DUMP_PAYLOAD', type: 'bool', description: KEPT },
  { key: 'DEBUG_TRACE', type: 'bool', description: KEPT },
  { key: 'DRY_RUN', type: 'bool', description: 'Show what would be written to it, and write nothing.' },
  { key: 'client.timeout', type: 'float', min: 1, description: 'Seconds that one call may take in all.' },
  { key: 'client.http_version', type: 'float', min: 1, description: HTTP_1 },
  { key: 'client.verify_host', type: 'bool', description: "Whether the server's certificate must be valid." },
];

/** The ids in the option `ignore`. */
export const ignoredLibraries = ({ ignore }: AccountOptions): readonly string[] => commaList(String(ignore ?? ''));

const KNOWN = new Map(ACCOUNT_OPTIONS.map((option) => [option.key, option]));

export const accountOption = (key: string): AccountOption | undefined => KNOWN.get(key);

/** `{client: {timeout: 30}}` as `{'client.timeout': 30}`; what is flat already stays. */
export function flattenOptions(given: Readonly<Record<string, unknown>>, prefix = ''): Readonly<Record<string, unknown>> {
  const flat: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    if (isRecord(value)) Object.assign(flat, flattenOptions(value, `${prefix}${name}.`));
    else flat[`${prefix}${name}`] = value;
  }
  return flat;
}

/** The other way round, for those who write it as a tree. */
export function nestOptions(options: AccountOptions): Readonly<Record<string, unknown>> {
  const tree: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(options)) {
    const [first = key, ...rest] = key.split('.');
    if (rest.length === 0) tree[first] = value;
    else tree[first] = { ...(isRecord(tree[first]) && tree[first]), [rest.join('.')]: value };
  }
  return tree;
}

export type ReadOptions = Readonly<{
  plain: AccountOptions;
  secret: AccountOptions;
  /** Options to take away: they were given as null. */
  removed: readonly string[];
  switches: Readonly<Partial<Record<'neverUnwatch' | 'metadataOnly', boolean>>>;
  faults: readonly FieldFault[];
}>;

/** Sorts and checks what was given, flat or as a tree. Unknown names are dropped; the surface says so where its page asks for it. */
export function readOptions(given: Readonly<Record<string, unknown>>): ReadOptions {
  const plain: Record<string, OptionValue> = {};
  const secret: Record<string, OptionValue> = {};
  const switches: Partial<Record<'neverUnwatch' | 'metadataOnly', boolean>> = {};
  const removed: string[] = [];
  const faults: FieldFault[] = [];
  const keep = (option: AccountOption, value: OptionValue | null): void => {
    if (option.switch) switches[option.switch] = value === true;
    else if (value === null) removed.push(option.key);
    else (option.secret ? secret : plain)[option.key] = value;
  };
  for (const [key, value] of Object.entries(flattenOptions(given))) {
    const option = KNOWN.get(key);
    if (!option || value === undefined) continue;
    const read = value === null ? null : readValue(option, value);
    if (read === undefined) faults.push({ field: `options.${key}`, message: wanted(option) });
    else keep(option, read);
  }
  return { plain, secret, removed, switches, faults };
}

const wanted = ({ type, min, choices }: AccountOption): string => {
  if (choices) return `must be one of ${choices.join(', ')}`;
  const kind = { string: 'must be a text', int: 'must be a whole number', float: 'must be a number', bool: 'must be true or false' }[type];
  return min === undefined ? kind : `${kind} of at least ${min}`;
};

const TRUTHS: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  [true, true],
  [1, true],
  ['1', true],
  ['true', true],
  [false, false],
  [0, false],
  ['0', false],
  ['false', false],
]);

function readText({ choices }: AccountOption, value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && (choices === undefined || choices.includes(text)) ? text : undefined;
}

/** Numbers and switches also come as texts: from query strings and from files written by hand. */
function readValue(option: AccountOption, value: unknown): OptionValue | undefined {
  if (option.type === 'bool') return TRUTHS.get(value);
  if (option.type === 'string') return readText(option, value);
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) return undefined;
  if (option.type === 'int' && !Number.isSafeInteger(number)) return undefined;
  return option.min !== undefined && number < option.min ? undefined : number;
}

/** The option that holds the PIN of the account's own user. */
export const USER_PIN = 'PLEX_USER_PIN';

/** What is kept of a user whom the vendor knows beyond the server. */
export const optionsOfUser = ({ name, uuid }: Readonly<{ name: string; uuid: string | undefined }>): AccountOptions => ({
  plex_user_name: name,
  ...(uuid !== undefined && { plex_user_uuid: uuid }),
});

/** The user's id beyond the server, where the vendor knows them by one. */
export const uuidOfUser = ({ plex_user_uuid: uuid }: AccountOptions): string | undefined => (typeof uuid === 'string' ? uuid : undefined);
