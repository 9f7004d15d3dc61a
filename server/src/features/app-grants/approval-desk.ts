import type { Activity } from '#core/activity/index.ts';
import type { Connections, Drivers } from '#core/connections/index.ts';
import type { Settings } from '#core/settings/index.ts';
import type { Clock } from '#kernel/instant.ts';
import { SERVER_SIGN_IN } from './app-grants.settings.ts';
import { createTickets } from './approval-tickets.ts';
import type { Approver, AppScope } from './client-app.ts';
import type { Seals } from './sealing.ts';
import { createServerSignIn } from './server-sign-in.ts';

export type ApprovalDeskDeps = Readonly<{
  clock: Clock;
  secrets: Seals;
  settings: Pick<Settings, 'get'>;
  connections: Pick<Connections, 'list' | 'servers' | 'accountsOf'>;
  /** Those with which people sign in. They must not be the ones that hold the tokens of accounts: some servers end older tokens. */
  drivers: Drivers;
  activity: Pick<Activity, 'record'>;
}>;

/** What was decided about an app, for the activity. */
export type Decision = Readonly<{ app: Readonly<{ clientId: string; name: string }>; scopes: readonly AppScope[] }>;

/** Who sits before the page on which an app asks to be let in. */
export function createApprovalDesk({ clock, secrets, settings, connections, drivers, activity }: ApprovalDeskDeps) {
  const note = (verb: string, { personId, name }: Approver, { app, scopes }: Decision): Promise<void> =>
    activity.record({
      actor: { kind: 'person', id: personId, name },
      verb,
      subject: app.name,
      detail: { clientId: app.clientId, scopes: [...scopes] },
      personId,
    });

  return {
    tickets: createTickets({ clock, seals: secrets }),
    elsewhere: createServerSignIn({ clock, connections, drivers, isOn: () => settings.get(SERVER_SIGN_IN) }),

    noteApproval: (approver: Approver, decision: Decision) => note('app.approved', approver, decision),
    noteRefusal: (approver: Approver, decision: Decision) => note('app.refused', approver, decision),
  };
}

export type ApprovalDesk = ReturnType<typeof createApprovalDesk>;
