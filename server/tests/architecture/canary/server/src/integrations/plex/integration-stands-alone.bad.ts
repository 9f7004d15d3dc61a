import { createMediaBrowser } from '#integrations/mediabrowser/index.ts';
export const x = createMediaBrowser;
