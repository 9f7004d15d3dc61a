export { createHunting } from './hunting.ts';
