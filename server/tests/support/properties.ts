import fc from 'fast-check';

/**
 * Properties try the same examples in every run, so that a change is judged by what it does. Others by hand: `USHERR_PROPERTY_SEED=7`, or
 * `random`.
 */
const wish = process.env.USHERR_PROPERTY_SEED ?? '1';
if (wish !== 'random') fc.configureGlobal({ seed: Number(wish) });

export { fc };
