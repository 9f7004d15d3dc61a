import { SerializerSelector } from '@fastify/fast-json-stringify-compiler';
import type { FastifySerializerCompiler } from 'fastify';
import type { TSchema } from 'typebox';

const compile = SerializerSelector()();

/** Writes answers by the shapes of their routes. Made when the first answer goes out: those of all routes together would hold up each start. */
export const answerSerializer: FastifySerializerCompiler<TSchema> = ({ schema, method, url, httpStatus = 'default' }) => {
  let made: ((answer: unknown) => string) | undefined;
  return (answer) => {
    made ??= compile({ schema, method, url, httpStatus });
    return made(answer);
  };
};
