import { NO_OWN_IDS, type OwnIds } from '#core/media/index.ts';
import type { MediaServerDriver } from '#core/upstreams/index.ts';
import { createMediaBrowser } from '#integrations/mediabrowser/index.ts';
import type { Clock } from '#kernel/instant.ts';
import { createEmbyDialect } from './emby-dialect.ts';
import { embyWebhook } from './emby-webhook.ts';

export type EmbyDriverDeps = Readonly<{
  clock: Clock;
  /** One for the lifetime of the installation: the server ties tokens and its list of devices to it. */
  deviceId: string;
  /** Our own version, as the server's list of devices shows it. */
  version?: string;
  /** What the household says about ids of its own, now. */
  ownIds?: () => OwnIds;
}>;

/** Emby from 4.8 on. Faults are `upstream-…` AppErrors. */
export function createEmbyDriver({ clock, deviceId, version = '1.0.0', ownIds = () => NO_OWN_IDS }: EmbyDriverDeps): MediaServerDriver {
  const family = createMediaBrowser({ clock, dialect: createEmbyDialect({ deviceId, version }), ownIds });
  return {
    type: 'emby',
    title: 'Emby',
    webhook: embyWebhook,
    webhookSteps: (url) => [
      'Webhooks of Emby need Emby Premiere.',
      'In Emby, open Settings > Notifications and choose "Add Notification" > "Webhooks".',
      `URL: ${url}`,
      'Request content type: application/json.',
      'Events: Library > New Media Added; Playback > Start, Pause, Unpause, Stop; Users > Mark Played, Mark Unplayed.',
      'Limit the event to the users whose plays are kept in step, or leave it open for all, then save.',
    ],
    webUrl: ({ url, serverUuid, upstreamId }) =>
      `${url.replace(/\/+$/, '')}/web/index.html#!/item?id=${encodeURIComponent(upstreamId)}&serverId=${encodeURIComponent(serverUuid)}`,
    ...family,
  };
}
