import { join } from 'node:path';
import { createSettings } from '../server/src/core/settings/index.ts';
import { createAppGrants, OPEN_REGISTRATION } from '../server/src/features/app-grants/index.ts';
import { systemClock } from '../server/src/kernel/instant.ts';
import { openDatabase } from '../server/src/platform/db/index.ts';
import { createSecrets } from '../server/src/platform/secrets/index.ts';
import { letAppIn } from '../server/tests/support/simkl-apps.ts';

/** Lets an app into the house of that folder, which nobody has open; answers the headers that it sends. */
export async function letAppInto(folder: string): Promise<Readonly<Record<string, string>>> {
  const database = await openDatabase({ file: join(folder, 'usherr.db') });
  const secrets = createSecrets({ dataDir: folder });
  const settings = createSettings({ database, clock: systemClock, secrets, definitions: [OPEN_REGISTRATION] });
  try {
    const { headers } = await letAppIn(createAppGrants({ database, clock: systemClock, secrets, settings }), { clientId: 'bench-app' });
    return headers;
  } finally {
    await database.close();
  }
}
