import { keepCompiledCode } from './compiled-code.ts';

keepCompiledCode();

await import('./bulk-thread.ts');
