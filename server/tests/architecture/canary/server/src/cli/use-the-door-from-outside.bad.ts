import { createMedia } from '#core/media/media.ts';
export const x = createMedia;
