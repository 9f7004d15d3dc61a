import { expect, it } from 'vitest';
import { walkEveryPage } from './support/every-page.ts';

it('every page at 390 px, light and then dark, can be used by everybody, fits every width, breaks nothing and calls nobody else', async () => {
  expect(await walkEveryPage(390, 'light')).toEqual([]);
}, 600_000);
