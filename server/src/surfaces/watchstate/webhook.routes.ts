import multipart, { type MultipartFile } from '@fastify/multipart';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Actor, mayActAs } from '#core/access/index.ts';
import type { Account, Connections } from '#core/connections/index.ts';
import type { IncomingWebhook } from '#core/upstreams/index.ts';
import type { WatchSync, WebhookOutcome } from '#features/watch-sync/index.ts';
import { AppError, invalid } from '#kernel/app-error.ts';
import { accountId } from '#kernel/ids.ts';
import { acceptJsonAsText, asAppError } from '#platform/http-server/index.ts';
import { acceptForms, textsOf } from './form-body.ts';
import { callerOf, demand } from './watchstate.auth.ts';
import { Empty, Failure, Info, info } from './watchstate.shape.ts';

export type WebhookRoutesDeps = Readonly<{ connections: Connections; watchSync: Pick<WatchSync, 'receiveWebhook'> }>;

const MIB = 1_048_576;
/** A Plex event brings a picture along, of which nothing is kept. */
const LARGEST_FORM = 10 * MIB;

// Servers send no identity; whose event it is stands in the payload.
const reporting = demand({ right: 'webhook', credentials: ['webhook', 'api-key'], identity: false });
const tags = ['webhook'];

/** Where media servers report what happens on them, at /webhook. */
export const webhookRoutes =
  ({ connections, watchSync }: WebhookRoutesDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    acceptJsonAsText(app);
    acceptForms(app);
    await app.register(multipart, { throwFileSizeLimit: false, limits: { fieldSize: MIB, fields: 20, files: 5, fileSize: LARGEST_FORM } });

    /**
     * A key speaks for those whom it may act as. The token of an account speaks for its server: for whoever else is on that very server,
     * since servers send everybody's events to one address, but not for accounts of others elsewhere, whatever id a server there claims.
     */
    async function speaksFor(actor: Actor): Promise<(account: Account) => boolean> {
      if (actor.kind !== 'webhook') return (account) => mayActAs(actor, account.personId);
      const { server, personId } = await connections.byId(accountId(Number(actor.id)));
      return (account) => account.server.id === server.id || (account.personId === personId && account.server.uuid === server.uuid);
    }

    app.get(
      '/',
      { config: reporting, schema: { operationId: 'watchstate.getWebhook', tags, response: { 200: Info, '4xx': Failure } } },
      async () => info(200, 'The webhook endpoint is ready: servers send their events here by POST or PUT.'),
    );

    for (const method of ['POST', 'PUT'] as const) {
      app.route({
        method,
        url: '/',
        config: reporting,
        schema: { operationId: `watchstate.${method.toLowerCase()}Webhook`, tags, response: { 200: Info, 304: Empty, '4xx': Failure } },
        handler: async (request, reply) => {
          const { actor } = callerOf(request);
          return answer(reply, await watchSync.receiveWebhook(await incomingOf(request), await speaksFor(actor)));
        },
      });
    }
  };

async function incomingOf(request: FastifyRequest): Promise<IncomingWebhook> {
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
  if (!request.isMultipart()) return { headers, body: request.body, fields: textsOf(request.body) };
  return { headers, body: undefined, fields: await formFields(request).catch(brokenForm) };
}

/** The form's fields, and small files that are no pictures, as fields. Other files are read to their end and thrown away. */
async function formFields(request: FastifyRequest): Promise<Readonly<Record<string, string>>> {
  let size = 0;
  const fields: Record<string, string> = {};
  for await (const part of request.parts()) {
    if (part.type === 'file') {
      const file = await fileOf(part);
      size += file.size;
      if (file.text !== undefined) fields[part.fieldname] ??= file.text;
    } else {
      // A field that calls itself JSON comes parsed.
      const text = typeof part.value === 'string' ? part.value : JSON.stringify(part.value);
      size += text.length;
      fields[part.fieldname] = text;
    }
    if (size > LARGEST_FORM) throw new AppError('too-large', `The form is larger than ${LARGEST_FORM / MIB} MiB.`);
  }
  return fields;
}

async function fileOf({ file, mimetype }: MultipartFile): Promise<Readonly<{ size: number; text?: string }>> {
  const kept: Buffer[] = [];
  let size = 0;
  for await (const chunk of file as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MIB) kept.push(chunk);
  }
  return mimetype.startsWith('image/') || size > MIB ? { size } : { size, text: Buffer.concat(kept).toString('utf8') };
}

/** The parser throws plain errors for a form that it cannot read: no boundary, no end, a field that is not the JSON that it calls itself. */
function brokenForm(error: unknown): never {
  const known = asAppError(error);
  if (known && known.code !== 'invalid') throw known;
  throw invalid('body', 'is not a form that can be read', error);
}

/** Header values are ASCII: a title in the reason must not make the answer fail. */
const headerSafe = (text: string): string => text.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 500);

function answer(reply: FastifyReply, outcome: WebhookOutcome) {
  switch (outcome.outcome) {
    case 'applied':
      return info(200, `${outcome.accounts.join(', ')}: ${outcome.changed === 0 ? 'nothing new' : `${outcome.changed} changed`}.`);
    case 'queued':
      return info(200, `${outcome.accounts.join(', ')}: the item could not be read just now and is read again. ${outcome.reason}`);
    case 'left-alone':
      return reply.code(304).header('x-usherr-reason', headerSafe(outcome.reason)).send();
    case 'import-disabled':
      throw new AppError('not-acceptable', `Import is off for ${outcome.accounts.join(', ')}.`);
    case 'unusable':
      throw invalid('body', outcome.reason);
    case 'unrecognised':
      throw invalid('body', 'is not an event of a server that is known here');
  }
}
