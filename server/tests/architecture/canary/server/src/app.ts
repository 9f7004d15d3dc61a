import { startFakePlex } from '#integrations/plex/plex.fake.ts';
export const app = startFakePlex;
