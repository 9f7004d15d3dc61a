import { createMediaBrowser } from '#integrations/mediabrowser/index.ts';
export const createJellyfin = createMediaBrowser;
