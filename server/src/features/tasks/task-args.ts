import { parseArgs } from 'node:util';
import { invalid, isAppError } from '#kernel/app-error.ts';
import { commaList } from '#kernel/comma-list.ts';

/** What a run can be told beside for whom and where. */
export type TaskFlag = 'force-full' | 'dry-run' | 'metadata-only' | 'keep' | 'no-compress' | 'select-library' | 'exclude-library';

export type TaskArgs = Readonly<{
  flags: ReadonlySet<TaskFlag>;
  user: string | undefined;
  backends: readonly string[];
  exclude: readonly string[];
  /** What was given and means nothing here, as it was given. */
  ignored: readonly string[];
  /** The first flag that is none anywhere: whoever wrote it meant something else. */
  unknown?: string;
}>;

const OPTIONS = {
  'force-full': { type: 'boolean', short: 'f' },
  'dry-run': { type: 'boolean' },
  'metadata-only': { type: 'boolean' },
  keep: { type: 'boolean', short: 'k' },
  'no-compress': { type: 'boolean', short: 'N' },
  'select-library': { type: 'string', short: 'S', multiple: true },
  'exclude-library': { type: 'boolean', short: 'I' },
  user: { type: 'string', short: 'u' },
  'select-backend': { type: 'string', short: 's', multiple: true },
  exclude: { type: 'string', short: 'e', multiple: true },
} as const;

/** What WatchState's commands know and nothing here answers to, so that scripts go on working. */
const WITHOUT_MEANING: ReadonlySet<string> = new Set(
  `after always-update-metadata ansi args assume-yes async-requests before check-files clear context date debug env execute expose extended
  file follow force fpm help id ignore-date inspect jsonl keep-logs limit list log logfile no-ansi no-cache no-enhance no-interaction output
  page params perpage pid profile pruner query quiet raw reference refresh-cache repair reset restore-progress run save save-log
  show-messages sort source status steps sync-requests task timeout trace type verbose version`.split(/\s+/),
);

const FLAGS: readonly TaskFlag[] = ['force-full', 'dry-run', 'metadata-only', 'keep', 'no-compress', 'select-library', 'exclude-library'];
/** A run that was told so and did it all the same would do what its asker meant to prevent. */
const LIMITING: ReadonlySet<TaskFlag> = new Set(['dry-run', 'metadata-only', 'select-library', 'exclude-library']);

const namesIn = (given: unknown): readonly string[] => {
  const texts = (Array.isArray(given) ? given : [given]).filter((one): one is string => typeof one === 'string');
  return texts.flatMap(commaList);
};

/**
 * Reads arguments as the command line writes them. What means nothing here is answered as ignored, and a flag that is none as unknown.
 * @throws AppError `invalid` naming `args`, where the task cannot be limited in that way or an option lacks its value.
 */
export function readTaskArgs(args: readonly string[], understood: readonly TaskFlag[]): TaskArgs {
  const { values, tokens } = parseArgs({ args: [...args], options: OPTIONS, strict: false, allowPositionals: true, tokens: true });
  for (const token of tokens) {
    const wantsValue = token.kind === 'option' && token.name in OPTIONS && OPTIONS[token.name as keyof typeof OPTIONS].type === 'string';
    if (wantsValue && !token.value) throw invalid('args', `${token.rawName} needs a value`);
  }
  const given = FLAGS.filter((flag) => values[flag] !== undefined && values[flag] !== false);
  const refused = given.filter((flag) => LIMITING.has(flag) && !understood.includes(flag));
  if (refused.length > 0) {
    const names = refused.map((flag) => `--${flag}`).join(', ');
    throw invalid('args', `this task cannot be run with ${names}; nothing was done`);
  }
  const strange = tokens.flatMap((token) => {
    if (token.kind === 'positional') return [token.value];
    return token.kind === 'option' && !(token.name in OPTIONS) ? [token.rawName] : [];
  });
  const unknown = tokens.find((token) => token.kind === 'option' && isUnknown(token.rawName, token.name));
  return {
    ...(unknown?.kind === 'option' && { unknown: unknown.rawName }),
    flags: new Set(given.filter((flag) => understood.includes(flag))),
    user: typeof values.user === 'string' ? values.user : undefined,
    backends: namesIn(values['select-backend']),
    exclude: namesIn(values.exclude),
    ignored: [...strange, ...given.filter((flag) => !understood.includes(flag)).map((flag) => `--${flag}`)],
  };
}

/** Why a task that understands these flags is not to be told that, in words; undefined where it may. */
export function refusalOfArgs(args: readonly string[], understood: readonly TaskFlag[]): string | undefined {
  try {
    const { unknown } = readTaskArgs(args, understood);
    return unknown === undefined ? undefined : `there is no flag ${unknown}; nothing was done`;
  } catch (error) {
    const [fault] = isAppError(error, 'invalid') ? error.faults : [];
    if (!fault) throw error;
    return fault.message;
  }
}

const isUnknown = (written: string, name: string): boolean => written.startsWith('--') && !(name in OPTIONS) && !WITHOUT_MEANING.has(name);
