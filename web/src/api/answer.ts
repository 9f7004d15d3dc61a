import type { operations } from './schema.d.ts';

type Content<Name extends keyof operations> = operations[Name] extends { responses: { 200: { content: infer C } } } ? C : never;

/** What an operation of our own API answers, by the operation's name. */
export type Answer<Name extends keyof operations> =
  Content<Name> extends Readonly<{ 'application/json': infer Body }>
    ? Body
    : Content<Name> extends Readonly<{ 'text/event-stream': infer Events }>
      ? Events
      : never;
