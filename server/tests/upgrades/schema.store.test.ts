import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { dumpSchema, fingerprints } from '../../../scripts/schema.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

it('the reviewed schema is the schema that the steps make', async () => {
  expect(await dumpSchema(), 'run `npm run schema` and review what changed').toBe(read('../../schema.sql'));
});

it('no step that has landed was edited, renamed or moved', () => {
  const landed = JSON.parse(read('./steps.json')) as Record<string, string>;
  const now = fingerprints();
  expect(Object.entries(now).slice(0, Object.keys(landed).length), 'add a new step instead; `npm run schema` records it').toEqual(
    Object.entries(landed),
  );
});
