import { accountOption, flattenOptions, type OptionValue, readOptions } from '#core/connections/index.ts';
import type { LeftAccount, Refusal } from '#core/upstreams/index.ts';
import type { Instant } from '#kernel/instant.ts';
import { isRecord } from '#kernel/json.ts';
import { instantIn, objectIn, textIn, truthIn } from './loose-values.ts';

export type ServersFile = Readonly<{
  accounts: readonly LeftAccount[];
  /** When each was last read or told in full. */
  lastRuns: ReadonlyMap<string, Instant | undefined>;
  refused: readonly Refusal[];
}>;

/** The backends of `servers.yaml`, by their names. Pure: whether they can be stored is for whoever takes them. */
export function accountsIn(file: string, told: unknown): ServersFile {
  const { told: entries, broken } = objectIn(told);
  if (broken) return { accounts: [], lastRuns: new Map(), refused: [{ what: file, reason: 'it is no list of backends' }] };
  const refused: Refusal[] = [];
  const lastRuns = new Map<string, Instant | undefined>();
  const accounts = Object.entries(entries).flatMap(([name, entry]): LeftAccount[] => {
    if (!isRecord(entry)) {
      refused.push({ what: `${file}: ${name}`, reason: 'it is no backend' });
      return [];
    }
    const reading = objectIn(entry.import).told;
    const telling = objectIn(entry.export).told;
    const runs = [reading.lastSync, telling.lastSync].flatMap((run) => instantIn(run) ?? []);
    lastRuns.set(name, runs.length === 0 ? undefined : Math.max(...runs));
    const { options, left } = optionsIn(entry.options);
    refused.push(...left.map(({ what, reason }) => ({ what: `${file}: ${name}: ${what}`, reason })));
    return [
      {
        name,
        type: (textIn(entry.type) ?? '').toLowerCase(),
        ...texts(entry),
        ...(typeof options.plex_user_name === 'string' && { userName: options.plex_user_name }),
        importEnabled: truthIn(reading.enabled),
        exportEnabled: truthIn(telling.enabled),
        options,
      },
    ];
  });
  return { accounts, lastRuns, refused };
}

function texts(entry: Readonly<Record<string, unknown>>): Partial<Pick<LeftAccount, 'url' | 'token' | 'uuid' | 'user'>> {
  const found = (['url', 'token', 'uuid', 'user'] as const).map((key) => [key, textIn(entry[key])] as const);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined));
}

function optionsIn(told: unknown): Readonly<{ options: Readonly<Record<string, OptionValue>>; left: readonly Refusal[] }> {
  const options: Record<string, OptionValue> = {};
  const left: Refusal[] = [];
  for (const [key, value] of Object.entries(flattenOptions(objectIn(told).told))) {
    if (value === null || value === undefined || value === '') continue;
    const what = `options.${key}`;
    if (accountOption(key) === undefined) {
      left.push({ what, reason: 'there is no such option here' });
      continue;
    }
    const { faults } = readOptions({ [key]: value });
    if (faults[0]) left.push({ what, reason: `its value ${faults[0].message}` });
    else options[key] = value as OptionValue;
  }
  return { options, left };
}
