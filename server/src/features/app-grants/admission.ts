import { AppError } from '#kernel/app-error.ts';
import type { Clock } from '#kernel/instant.ts';
import { createAppStore, type Handle, type StoredApp } from './apps.store.ts';
import type { Approver, Generation } from './client-app.ts';
import { sameTarget, targetFault } from './redirect-target.ts';

/** Why an app is not let in, or not even asked about. */
export type Refusal =
  | 'client-unusable'
  | 'unknown-app'
  | 'blocked'
  | 'other-generation'
  | 'redirect-missing'
  | 'redirect-unusable'
  | 'redirect-mismatch'
  | 'challenge-missing'
  | 'challenge-unusable';

/** How an app comes. */
export type Arrival = Readonly<{
  clientId: string;
  /** As it calls itself. */
  appName?: string | undefined;
  generation: Generation;
  redirect?: string | undefined;
}>;

/** The app as it is shown to the person who is asked; `app` is what is known of it here. */
export type Arrived = Readonly<{ clientId: string; name: string; app: StoredApp | undefined }>;

const CLIENT_ID = /^[\x21-\x7e]{1,200}$/;
export const isClientId = (text: string): boolean => CLIENT_ID.test(text);
const LONGEST_NAME = 100;

/** A name in one visible line, whatever was sent as one. */
export function nameFor(clientId: string, said: string | undefined): string {
  const name = (said ?? '')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
    .trim()
    .slice(0, LONGEST_NAME);
  return name === '' ? clientId : name;
}

function appFault(app: StoredApp | undefined, { generation }: Arrival): Refusal | undefined {
  if (app?.blockedAt !== undefined) return 'blocked';
  // An app of the new generation that comes by the old road would get a token that never ends.
  return app?.generation === 2 && generation === 1 ? 'other-generation' : undefined;
}

function redirectFault(app: StoredApp | undefined, redirect: string | undefined): Refusal | undefined {
  if (redirect === undefined) return undefined;
  const fault = targetFault(redirect);
  if (fault !== undefined) return fault === 'missing' ? 'redirect-missing' : 'redirect-unusable';
  const known = app?.redirects ?? [];
  return known.length === 0 || known.some((allowed) => sameTarget(allowed, redirect)) ? undefined : 'redirect-mismatch';
}

export type AdmissionDeps = Readonly<{ clock: Clock; isOpen(): Promise<boolean> }>;

/** Which apps are taken, and what the first approval settles about them. */
export function createAdmission({ clock, isOpen }: AdmissionDeps) {
  async function lookAt(handle: Handle, arrival: Arrival, open: boolean): Promise<Arrived | Refusal> {
    const { clientId, appName } = arrival;
    if (!isClientId(clientId)) return 'client-unusable';
    const app = await createAppStore(handle).byClientId(clientId);
    if (app === undefined && !open) return 'unknown-app';
    return (
      appFault(app, arrival) ?? redirectFault(app, arrival.redirect) ?? { clientId, name: app?.name ?? nameFor(clientId, appName), app }
    );
  }

  return {
    /** Whether apps are taken that nobody has registered. Asked before a transaction begins, in which only its own handle may be used. */
    isOpen,
    async look(handle: Handle, arrival: Arrival): Promise<Arrived | Refusal> {
      return lookAt(handle, arrival, await isOpen());
    },
    /** Somebody agreed: the app is known from now on, and its generation and redirect are settled where they were not. */
    async admit(handle: Handle, arrival: Arrival, approver: Approver, open: boolean): Promise<StoredApp | Refusal> {
      const arrived = await lookAt(handle, arrival, open);
      if (typeof arrived === 'string') return arrived;
      const { clientId, generation, redirect } = arrival;
      const apps = createAppStore(handle);
      if (arrived.app === undefined) {
        const { name } = arrived;
        const made = { dialect: 'modern', redirects: [], origin: 'approval', createdBy: approver.name } as const;
        await apps.add({ clientId, name, ...made, at: clock.now() });
      }
      const before = await apps.byClientId(clientId);
      if (before) await apps.pin(before.id, { generation, redirect });
      const app = await apps.byClientId(clientId);
      if (!app) throw new AppError('conflict', 'The app was removed a moment ago. Begin again.');
      // Two people may have approved it at once, each with another redirect: the first one's holds.
      if (redirect !== undefined && !app.redirects.some((allowed) => sameTarget(allowed, redirect))) return 'redirect-mismatch';
      return app;
    },
  };
}

export type Admission = ReturnType<typeof createAdmission>;
