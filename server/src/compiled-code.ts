import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * What was stripped and compiled is kept for the next start. It must be on before the house is loaded, in every thread anew; a folder that
 * cannot be written is no fault.
 */
export function keepCompiledCode(): void {
  enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/usherr-compiled', import.meta.url)));
}
