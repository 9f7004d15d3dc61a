import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';
import { loadConfig } from '#platform/config/index.ts';
import { createRooms } from '../server/src/app.ts';
import { closeRooms } from '../server/src/house.ts';
import { createServer } from '../server/src/serve.ts';

/** Writes the types of our own API for the web app, from the description that the server itself gives. */

const FILE = new URL('../web/src/api/schema.d.ts', import.meta.url);

/** The text of web/src/api/schema.d.ts as the server of this tree describes its API. */
export async function apiTypes(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'usherr-api-'));
  try {
    const config = loadConfig({ USHERR_DATA_DIR: folder, USHERR_LOG_LEVEL: 'error' });
    const rooms = await createRooms({ config });
    const server = await createServer(rooms);
    await server.ready();
    const answer = await server.inject('/api/openapi/app.json');
    const types = await openapiTS(answer.json(), { defaultNonNullable: false });
    await server.close();
    await closeRooms(rooms);
    return `// Made by \`npm run api-client\` from the description of the server; do not edit it.\n${astToString(types)}`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) await writeFile(FILE, await apiTypes());
