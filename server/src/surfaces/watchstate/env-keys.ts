/** Where the value of a key comes from here. */
export type EnvSource =
  /** A setting of the household, which the API changes. */
  | Readonly<{ kind: 'setting'; key: string; toText?(value: unknown): string; fromText?(text: string): unknown }>
  /** Chosen when the process starts; `variable` is ours. */
  | Readonly<{ kind: 'start'; variable: string; of: StartValue }>
  /** The same for everybody here. */
  | Readonly<{ kind: 'fixed'; value: string; why: string }>;

export type StartValue = 'dataDir' | 'timeZone' | 'logLevel' | 'trustProxy' | 'console' | 'apiKey' | 'user' | 'password' | 'secret';

export type EnvKey = Readonly<{
  key: string;
  type: 'string' | 'bool' | 'int' | 'float';
  description: string;
  source: EnvSource;
  mask?: true;
  danger?: true;
  /** Neither shown nor changed over the API. */
  protected?: true;
  choices?: readonly string[];
  /** The original's own name for it. */
  config?: string;
}>;

const fixed = (key: string, type: EnvKey['type'], value: string, description: string, why: string): EnvKey => ({
  key,
  type,
  description,
  source: { kind: 'fixed', value, why },
});

const atStart = (
  key: string,
  type: EnvKey['type'],
  variable: string,
  of: StartValue,
  description: string,
  more: Partial<EnvKey> = {},
): EnvKey => ({
  key,
  type,
  description,
  source: { kind: 'start', variable, of },
  ...more,
});

const CRON_TASKS = ['import', 'export', 'backup', 'indexes', 'validate'] as const;

const taskKeys = CRON_TASKS.flatMap((task): EnvKey[] => {
  const name = `WS_CRON_${task.toUpperCase()}`;
  const words = {
    toText: (value: unknown) => (value as string[]).join(' '),
    fromText: (text: string) => text.split(/\s+/).filter(Boolean),
  };
  return [
    {
      key: name,
      type: 'bool',
      description: `Whether the task "${task}" runs by the clock.`,
      source: { kind: 'setting', key: `tasks.${task}.enabled` },
    },
    {
      key: `${name}_AT`,
      type: 'string',
      description: `When the task "${task}" runs.`,
      source: { kind: 'setting', key: `tasks.${task}.cron` },
    },
    {
      key: `${name}_ARGS`,
      type: 'string',
      description: `What the task "${task}" is told when it runs by the clock.`,
      source: { kind: 'setting', key: `tasks.${task}.args`, ...words },
    },
  ];
});

/** Below this the original takes the value for a mistake. */
const REPLAY_FROM = 180;

/** Every key that means something here, in the original's names. */
export const ENV_KEYS: readonly EnvKey[] = [
  atStart('WS_DATA_PATH', 'string', 'USHERR_DATA_DIR', 'dataDir', 'The folder of all data.', { config: 'path' }),
  atStart('WS_TZ', 'string', 'TZ', 'timeZone', 'The time zone of schedules and logs.', { config: 'tz' }),
  atStart('WS_LOGGER_FILE_LEVEL', 'string', 'USHERR_LOG_LEVEL', 'logLevel', 'How much is logged.', { config: 'logger.file.level' }),
  atStart('WS_TRUST_PROXY', 'bool', 'USHERR_TRUSTED_PROXIES', 'trustProxy', 'Whether forwarded headers of proxies are believed.', {
    config: 'trust.proxy',
  }),
  atStart('WS_CONSOLE_ENABLE_ALL', 'bool', 'WS_CONSOLE_ENABLE_ALL', 'console', 'Whether the console may run a shell on the host.', {
    danger: true,
    config: 'console.enable.all',
  }),
  atStart('WS_API_KEY', 'string', 'USHERR_API_KEY', 'apiKey', 'The owner key.', {
    mask: true,
    danger: true,
    protected: true,
    config: 'api.key',
  }),
  atStart('WS_SYSTEM_USER', 'string', 'USHERR_ADMIN_USERNAME', 'user', 'The first owner.', { protected: true, config: 'system.user' }),
  atStart('WS_SYSTEM_PASSWORD', 'string', 'USHERR_ADMIN_PASSWORD', 'password', 'The password of the first owner.', {
    mask: true,
    protected: true,
    config: 'system.password',
  }),
  atStart('WS_SYSTEM_SECRET', 'string', 'USHERR_SECRET', 'secret', 'What stored tokens are encrypted with.', {
    mask: true,
    protected: true,
    config: 'system.secret',
  }),
  {
    key: 'WS_PROGRESS_THRESHOLD',
    type: 'int',
    description: `Seconds; from ${REPLAY_FROM} on, the position of a title that is watched already travels when it is begun again. 0 for never.`,
    source: {
      kind: 'setting',
      key: 'watch-sync.replay',
      toText: (value) => (value === true ? '600' : '0'),
      fromText: (text) => Number(text) >= REPLAY_FROM,
    },
    config: 'progress.threshold',
  },
  {
    key: 'WS_GUID_PATH_ENABLED',
    type: 'bool',
    description: 'Whether items without ids are recognised by the ends of their paths.',
    source: { kind: 'setting', key: 'matching.by-path' },
    config: 'guid.path.enabled',
  },
  fixed('WS_PROGRESS_MINIMUM', 'int', '60', 'Seconds of progress below which nothing is sent.', 'It is 60 seconds for everybody.'),
  fixed('WS_SECURE_API_ENDPOINTS', 'bool', '1', 'Whether every path needs a credential.', 'Here every path needs one.'),
  fixed('WS_DB_MODE', 'string', 'WAL', 'How the database writes.', 'SQLite writes ahead of its file here, always.'),
  fixed('WS_LIBRARY_SEGMENT', 'int', '1000', 'How many items are asked for at once.', 'Set options.LIBRARY_SEGMENT of the backend.'),
  fixed('WS_LOGGER_FILE_ENABLE', 'bool', '1', 'Whether logs are written to files.', 'They are, always.'),
  fixed('WS_LOGS_PRUNE_AFTER', 'string', '-14 DAYS', 'How long logs are kept.', 'They are kept for 14 days.'),
  fixed('WS_GUID_DISABLE_EPISODE', 'bool', '0', 'Whether ids of episodes are left aside.', 'They are weighed like all other evidence.'),
  fixed(
    'WS_WEBHOOK_DUMP_REQUEST',
    'bool',
    '0',
    'Whether webhooks are written to files.',
    'They hold the names of people, and are never kept.',
  ),
  fixed('WS_AUTH_TOKEN_EXPIRY', 'int', '172800', 'Seconds for which a user token holds.', 'It is 48 hours for everybody.'),
  fixed('WS_RATE_LIMIT_ENABLED', 'bool', '1', 'Whether failed sign-ins are limited.', 'They are, always.'),
  fixed('WS_RATE_LIMIT_ATTEMPTS', 'int', '5', 'Failed sign-ins before a pause.', 'It is five for everybody.'),
  fixed('WS_RATE_LIMIT_WINDOW', 'int', '900', 'Seconds over which failed sign-ins are counted.', 'It is 15 minutes for everybody.'),
  ...taskKeys,
];
