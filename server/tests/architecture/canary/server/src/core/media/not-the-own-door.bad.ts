import { createMedia } from './index.ts';
export const x = createMedia;
