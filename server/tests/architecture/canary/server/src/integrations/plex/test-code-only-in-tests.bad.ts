import { startFakePlex } from './plex.fake.ts';
export const x = startFakePlex;
