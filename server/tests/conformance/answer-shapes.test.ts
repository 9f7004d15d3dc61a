import { SerializerSelector } from '@fastify/fast-json-stringify-compiler';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Household, startHousehold } from '#tests/support/household.ts';

type Answer = Readonly<{ content?: Readonly<Record<string, Readonly<{ schema?: object }>>> }>;
type Operation = Readonly<{ responses?: Readonly<Record<string, Answer>> }>;
type Description = Readonly<{ paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> }>;

let home: Household;
beforeAll(async () => {
  home = await startHousehold({ servers: [] });
}, 60_000);
afterAll(() => home?.close());

/** A start does not compile them, and the first to ask for such an answer would be the first to know. */
it('every shape of an answer that is described can be compiled', async () => {
  const { paths } = (await (await fetch(`${home.address}/api/openapi.json`)).json()) as Description;
  const compile = SerializerSelector()();
  const faults: string[] = [];
  let compiled = 0;
  for (const [url, operations] of Object.entries(paths)) {
    for (const [method, { responses = {} }] of Object.entries(operations)) {
      for (const [httpStatus, { content = {} }] of Object.entries(responses)) {
        const schema = content['application/json']?.schema;
        if (schema === undefined) continue;
        try {
          compile({ schema, method, url, httpStatus });
          compiled += 1;
        } catch (error) {
          faults.push(`${method} ${url} ${httpStatus}: ${String(error)}`);
        }
      }
    }
  }
  expect(faults).toEqual([]);
  expect(compiled).toBeGreaterThan(200);
});
