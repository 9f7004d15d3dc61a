import swagger from '@fastify/swagger';
import type { HttpServer } from '#platform/http-server/index.ts';

/** A surface as its description names it, with the paths that it and what is below them are. */
export type SurfacePlace = Readonly<{ name: string; paths: readonly string[]; title: string }>;

export type ApiDescriptionOptions = Readonly<{ version: string; publicUrl: URL | undefined }>;

const DESCRIPTION = `Usherr keeps a household's media servers in agreement. Our own API is /api/v1; the others speak published dialects.

Send an API key in the header X-API-Key, or a key or the token of a sign-in as Authorization: Bearer.`;

type Part = Readonly<{ required?: readonly string[]; properties?: Readonly<Record<string, object>> }>;

/** What has a default need not be sent, though the validator always hands it over. */
function withoutDefaulted([name, part]: [string, unknown]): [string, unknown] {
  if (name !== 'querystring' && name !== 'body') return [name, part];
  const { required, properties = {} } = part as Part;
  if (required === undefined) return [name, part];
  return [name, { ...(part as Part), required: required.filter((member) => !('default' in (properties[member] ?? {}))) }];
}

/** Collects what every route says of itself. Call it before the first surface is registered: it hears only of what comes after. */
export async function describeApis(server: HttpServer, { version, publicUrl }: ApiDescriptionOptions): Promise<void> {
  await server.register(swagger, {
    transform: ({ schema, url }) => ({ schema: Object.fromEntries(Object.entries(schema).map(withoutDefaulted)), url }),
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Usherr', version, description: DESCRIPTION, license: { name: 'AGPL-3.0-or-later' } },
      ...(publicUrl && { servers: [{ url: publicUrl.href.replace(/\/+$/, '') }] }),
      components: {
        securitySchemes: {
          apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
          bearer: { type: 'http', scheme: 'bearer' },
        },
      },
      security: [{ apiKey: [] }, { bearer: [] }],
    },
  });
}
