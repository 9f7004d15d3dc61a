export type { SimklPace } from './simkl-calls.ts';
export { createSimklDriver, type SimklDriver, type SimklDriverDeps } from './simkl-driver.ts';
