import { createRetention } from '#features/retention/index.ts';
export const x = createRetention;
