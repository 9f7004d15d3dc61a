import type { FastifyInstance } from 'fastify';
import { isRecord } from '#kernel/json.ts';

const FORM = 'application/x-www-form-urlencoded';

/** Takes URL-encoded forms within this plugin: an object of texts, the last value where a name comes twice. */
export function acceptForms(app: Pick<FastifyInstance, 'addContentTypeParser'>): void {
  app.addContentTypeParser<string>(FORM, { parseAs: 'string' }, (_request, body, done) => done(null, formOf(body)));
}

const formOf = (text: string): Readonly<Record<string, string>> => Object.fromEntries(new URLSearchParams(text));

/** The texts among an object's members. */
export const textsOf = (value: unknown): Readonly<Record<string, string>> =>
  isRecord(value)
    ? Object.fromEntries(Object.entries(value).flatMap(([name, text]) => (typeof text === 'string' ? [[name, text]] : [])))
    : {};
