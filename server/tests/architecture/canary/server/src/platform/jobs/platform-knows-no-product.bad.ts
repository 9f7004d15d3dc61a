import type { createHunting } from '#features/hunting/index.ts';
export type X = typeof createHunting;
