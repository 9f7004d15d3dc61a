import { Type } from 'typebox';
import { defineSetting, type SettingDefinition, type Settings } from '#core/settings/index.ts';
import { type Duration, hours, seconds } from '#kernel/instant.ts';
import type { Rules } from './facts.ts';

const SHORTEST_POLL = 10;

const flag = (key: string, byDefault: boolean, description: string): SettingDefinition<boolean> =>
  defineSetting({ key: `replication.${key}`, schema: Type.Boolean(), default: byDefault, scope: 'house', description });

/** Every setting of the replication, under the name that its users know. */
export const REPLICATION = {
  enabled: flag('enabled', true, 'Whether requests are replicated, where there are a primary and subordinates.'),
  poll_interval_seconds: defineSetting({
    key: 'replication.poll-interval-seconds',
    schema: Type.Integer({ minimum: SHORTEST_POLL, maximum: 86_400 }),
    default: 60,
    scope: 'house',
    description: `Seconds between two looks at the primary, at least ${SHORTEST_POLL}.`,
  }),
  sync_pending: flag('sync-pending', true, 'Whether requests are replicated that wait for a decision.'),
  sync_approved: flag('sync-approved', true, 'Whether approved requests, and approvals, are replicated.'),
  sync_declined: flag('sync-declined', false, 'Whether declines are replicated. Off: a declined request is left as it is there.'),
  sync_deletes: flag('sync-deletes', true, 'Whether a request that is deleted on the primary is deleted on the subordinates.'),
  sync_4k_separately: flag('sync-4k-separately', true, 'Whether 4K requests are their own. Off: a title is asked for once, and not in 4K.'),
  user_mapping: defineSetting({
    key: 'replication.user-mapping',
    schema: Type.Union([Type.Literal('admin'), Type.Literal('email_match'), Type.Literal('jellyfin_match'), Type.Literal('plex_match')]),
    default: 'admin',
    scope: 'house',
    description:
      'How the person who asked is found on a subordinate: admin (nobody is looked for), email_match, jellyfin_match or plex_match.',
  }),
  pending_user: defineSetting({
    key: 'replication.pending-user',
    schema: Type.String({ maxLength: 200 }),
    default: '',
    scope: 'house',
    description:
      'Name, email or id of an account on the subordinates that owns pending requests whose own owner would be approved at once there.',
  }),
  retry_failed_after_hours: defineSetting({
    key: 'replication.retry-failed-after-hours',
    schema: Type.Number({ minimum: 0, maximum: 8_760 }),
    default: 24,
    scope: 'house',
    description:
      'Hours after which a request that was refused is tried again. Other faults are tried again after growing pauses, up to this. 0: at the next look.',
  }),
} as const;

export type ReplicationOption = keyof typeof REPLICATION;

/** For the registry. */
export const replicationSettings = (): readonly SettingDefinition[] => Object.values(REPLICATION) as readonly SettingDefinition[];

export type ReplicationConfig = Readonly<{ enabled: boolean; pollMs: Duration; retryMs: Duration; rules: Rules }>;

export async function readConfig(settings: Pick<Settings, 'get'>): Promise<ReplicationConfig> {
  const pendingUser = (await settings.get(REPLICATION.pending_user)).trim();
  return {
    enabled: await settings.get(REPLICATION.enabled),
    pollMs: seconds(await settings.get(REPLICATION.poll_interval_seconds)),
    retryMs: hours(await settings.get(REPLICATION.retry_failed_after_hours)),
    rules: {
      syncPending: await settings.get(REPLICATION.sync_pending),
      syncApproved: await settings.get(REPLICATION.sync_approved),
      syncDeclined: await settings.get(REPLICATION.sync_declined),
      syncDeletes: await settings.get(REPLICATION.sync_deletes),
      sync4kSeparately: await settings.get(REPLICATION.sync_4k_separately),
      userMapping: await settings.get(REPLICATION.user_mapping),
      ...(pendingUser !== '' && { pendingUser }),
    },
  };
}
