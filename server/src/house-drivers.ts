import type { OwnIds } from '#core/media/index.ts';
import type { MediaServerDriver } from '#core/upstreams/index.ts';
import { createEmbyDriver } from '#integrations/emby/index.ts';
import { createJellyfinDriver } from '#integrations/jellyfin/index.ts';
import { createPlexDriver, type PlexDriver } from '#integrations/plex/index.ts';
import type { Clock } from '#kernel/instant.ts';

type DriverNeeds = Readonly<{
  clock: Clock;
  deviceId: string;
  ownIds: () => OwnIds;
  /** Where the vendors are; their own addresses unless told. */
  urls: Readonly<{ plexTvUrl?: string; plexDiscoverUrl?: string }>;
}>;

/** The vendors of media servers that this house speaks to. */
export function createDrivers({
  clock,
  deviceId,
  ownIds,
  urls: { plexTvUrl, plexDiscoverUrl },
}: DriverNeeds): Readonly<{ drivers: Readonly<Record<string, MediaServerDriver>>; plex: PlexDriver }> {
  const plex = createPlexDriver({
    clock,
    ownIds,
    clientIdentifier: deviceId,
    ...(plexTvUrl !== undefined && { plexTvUrl }),
    ...(plexDiscoverUrl !== undefined && { discoverUrl: plexDiscoverUrl }),
  });
  const jellyfin = createJellyfinDriver({ clock, ownIds, deviceId });
  const emby = createEmbyDriver({ clock, ownIds, deviceId });
  return { drivers: { plex, jellyfin, emby }, plex };
}
