export type { Poster } from './kept-posters.ts';
export { POSTER_CACHE } from './pictures.settings.ts';
export { createPictures, type Picture, type Pictures, type PicturesDeps } from './pictures.ts';
export { createPosters, type Posters, type PostersDeps } from './posters.ts';
