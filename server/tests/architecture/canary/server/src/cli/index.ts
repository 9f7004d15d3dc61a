import { createMedia } from '#core/media/index.ts';
export const cli = createMedia;
