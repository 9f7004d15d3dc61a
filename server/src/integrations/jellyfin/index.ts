import { NO_OWN_IDS, type OwnIds } from '#core/media/index.ts';
import type { MediaServerDriver } from '#core/upstreams/index.ts';
import { createMediaBrowser } from '#integrations/mediabrowser/index.ts';
import type { Clock } from '#kernel/instant.ts';
import { createJellyfinDialect } from './jellyfin-dialect.ts';
import { jellyfinWebhook } from './jellyfin-webhook.ts';

export type JellyfinDriverDeps = Readonly<{
  clock: Clock;
  /** One for the lifetime of the installation: the server ties tokens and its list of devices to it. */
  deviceId: string;
  /** Our own version, as the server's list of devices shows it. */
  version?: string;
  /** What the household says about ids of its own, now. */
  ownIds?: () => OwnIds;
}>;

/**
 * Jellyfin from 10.8 on. Faults are `upstream-…` AppErrors; a position is refused by 10.8 (`upstream-rejected`), which has no place for it.
 */
export function createJellyfinDriver({
  clock,
  deviceId,
  version = '1.0.0',
  ownIds = () => NO_OWN_IDS,
}: JellyfinDriverDeps): MediaServerDriver {
  const family = createMediaBrowser({ clock, dialect: createJellyfinDialect({ deviceId, version }), ownIds });
  return {
    type: 'jellyfin',
    title: 'Jellyfin',
    webhook: jellyfinWebhook,
    webhookSteps: (url) => [
      'In Jellyfin, open Dashboard > Plugins > Catalogue, install "Webhook" and restart the server.',
      'Open the plugin\'s settings and choose "Add Generic Destination".',
      `Webhook Url: ${url}`,
      'Notification Type: Item Added, Playback Start, Playback Stop, User Data Saved. Item Type: Movies, Episodes.',
      'Switch on "Send All Properties (ignores template)" and leave the user filter empty.',
      'Add the request header Content-Type with the value application/json, then save.',
    ],
    webUrl: ({ url, serverUuid, upstreamId }) =>
      `${url.replace(/\/+$/, '')}/web/#/details?id=${encodeURIComponent(upstreamId)}&serverId=${encodeURIComponent(serverUuid)}`,
    ...family,
  };
}
