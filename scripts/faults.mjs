// The tests of faults with more seeds than `npm test` has time for. USHERR_FAULT_FIRST_SEED says where the seeds begin.
process.env.USHERR_FAULT_SEEDS ??= '50';
process.argv.splice(2, 0, 'server/tests/faults');
await import('./test.mjs');
