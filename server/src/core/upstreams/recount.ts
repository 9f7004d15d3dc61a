/** A server whose count goes up and down is not read for ever. */
const MOST_STEPS_BACK = 100;

/**
 * For whoever reads a library page by page: how many fewer the server counts than at the page before, which is how far the pages behind have
 * moved up. 0 from the hundred and first time on.
 */
export function createRecount(): (total: number) => number {
  let counted: number | undefined;
  let drops = 0;
  return (total) => {
    const fewer = Math.max(0, (counted ?? total) - total);
    counted = total;
    if (fewer > 0) drops += 1;
    return drops > MOST_STEPS_BACK ? 0 : fewer;
  };
}
