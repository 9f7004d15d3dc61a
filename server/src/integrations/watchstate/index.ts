export { createWatchstateFolder } from './watchstate-folder.ts';
