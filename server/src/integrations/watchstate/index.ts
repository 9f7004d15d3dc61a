export { mappedRowIn, ownIdIn, suppressionIn } from './entries.map.ts';
export { createWatchstateFolder } from './watchstate-folder.ts';
