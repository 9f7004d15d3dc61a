import type { Settings } from '#core/settings/index.ts';
import type { Clock } from '#kernel/instant.ts';
import { createAdmission } from './admission.ts';
import { OPEN_REGISTRATION } from './app-grants.settings.ts';
import { createAppRegistry } from './app-registry.ts';
import { createApprovals } from './approvals.ts';
import type { Database } from './apps.store.ts';
import { createCodeFlow } from './code-flow.ts';
import { createDeviceFlow } from './device-flow.ts';
import { createGrants } from './grants.ts';
import { createIssuing } from './issuing.ts';
import { createSealing, type Seals } from './sealing.ts';

export type AppGrantsDeps = Readonly<{
  database: Database;
  clock: Clock;
  secrets: Seals;
  settings: Pick<Settings, 'get'>;
}>;

/** Which apps may use whose tracker, and how they come to it. */
export function createAppGrants({ database, clock, secrets, settings }: AppGrantsDeps) {
  const sealing = createSealing(secrets);
  const admission = createAdmission({ clock, isOpen: () => settings.get(OPEN_REGISTRATION) });
  const issuing = createIssuing({ clock, sealing });
  const parts = { database, clock, sealing, admission, issuing };
  const [codes, devices] = [createCodeFlow(parts), createDeviceFlow(parts)];
  return {
    /** The apps that are known here. */
    apps: createAppRegistry(parts),
    /** The road through a browser. */
    codes,
    /** The road without one. */
    devices,
    /** Where apps of both roads wait for somebody's answer. */
    approvals: createApprovals({ ...parts, codes, devices }),
    /** Who holds a grant. */
    grants: createGrants(parts),
  };
}

export type AppGrants = ReturnType<typeof createAppGrants>;
