import { wire } from '#integrations/plex/plex.wire.ts';
export const x = wire;
