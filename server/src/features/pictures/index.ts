export { createPictures, type Picture, type Pictures, type PicturesDeps } from './pictures.ts';
