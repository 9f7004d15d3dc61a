import { createPlex } from '#integrations/plex/index.ts';
export const x = createPlex;
