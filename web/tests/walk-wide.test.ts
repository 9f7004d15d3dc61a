import { expect, it } from 'vitest';
import { walkEveryPage } from './support/every-page.ts';

it('every page at 1440 px, dark and then light, can be used by everybody, fits every width, breaks nothing and calls nobody else', async () => {
  expect(await walkEveryPage(1440, 'dark')).toEqual([]);
}, 600_000);
