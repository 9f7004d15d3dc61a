export { createMedia } from './media.ts';
