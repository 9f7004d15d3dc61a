import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// What was stripped and compiled is kept for the next start. It must be on before the house is loaded; a folder that cannot be written is
// no fault.
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/usherr-compiled', import.meta.url)));

const { serveForever } = await import('./serve-forever.ts');
await serveForever();
