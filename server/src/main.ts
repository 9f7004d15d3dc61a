import { keepCompiledCode } from './compiled-code.ts';

keepCompiledCode();

const { serveForever } = await import('./serve-forever.ts');
await serveForever();
