export { looksLikeMapping, readAnimeMapping } from './read-mapping.ts';
