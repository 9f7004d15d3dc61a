import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { apiTypes } from '../../scripts/api-client.ts';

it('speaks the API as the server describes it: run `npm run api-client` after a change of a route', async () => {
  const known = readFileSync(new URL('../src/api/schema.d.ts', import.meta.url), 'utf8');
  expect(known === (await apiTypes())).toBe(true);
});
