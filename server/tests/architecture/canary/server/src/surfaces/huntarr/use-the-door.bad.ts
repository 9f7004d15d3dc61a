import type { createHunting } from '#features/hunting/hunting.ts';
export type X = typeof createHunting;
