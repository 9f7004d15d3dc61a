import { personId } from '#kernel/ids.ts';
import { type Clock, type Duration, minutes, toUnix } from '#kernel/instant.ts';
import { isRecord } from '#kernel/json.ts';
import type { Approver } from './client-app.ts';
import { type Seals, sameText } from './sealing.ts';

/** How long somebody may look at the question, and how long a sign-in elsewhere may take. */
const LIFE: Duration = minutes(15);

/** What a page carries from one step to the next, signed, and worth something in that browser alone. */
export function createTickets({ clock, seals }: Readonly<{ clock: Clock; seals: Seals }>) {
  const signed = (purpose: string, browser: string, payload: string): string => seals.hmac(`app-${purpose}`, `${browser} ${payload}`);

  function write(purpose: string, browser: string, content: Readonly<Record<string, unknown>>): string {
    const until = toUnix(clock.now() + LIFE);
    const payload = Buffer.from(JSON.stringify({ ...content, until }), 'utf8').toString('base64url');
    return `${payload}.${signed(purpose, browser, payload)}`;
  }

  function read(purpose: string, browser: string, ticket: string): Readonly<Record<string, unknown>> | undefined {
    const [, payload = '', signature = ''] = /^([A-Za-z0-9_-]{1,4096})\.([0-9a-f]{64})$/.exec(ticket) ?? [];
    if (payload === '' || !sameText(signature, signed(purpose, browser, payload))) return undefined;
    // What we signed can be read.
    const content: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return isRecord(content) && typeof content.until === 'number' && content.until > toUnix(clock.now()) ? content : undefined;
  }

  return {
    forPerson: (browser: string, { personId: person, name }: Approver): string => write('approver', browser, { person, name }),
    person(browser: string, ticket: string): Approver | undefined {
      const { person, name } = read('approver', browser, ticket) ?? {};
      return typeof person === 'number' && typeof name === 'string' ? { personId: personId(person), name } : undefined;
    },

    forSignIn: (browser: string, { type, ticket }: SignInElsewhere): string => write('sign-in', browser, { type, ticket }),
    signIn(browser: string, text: string): SignInElsewhere | undefined {
      const { type, ticket } = read('sign-in', browser, text) ?? {};
      return typeof type === 'string' && typeof ticket === 'string' ? { type, ticket } : undefined;
    },
  };
}

/** A sign-in that is under way at a vendor's page. */
export type SignInElsewhere = Readonly<{ type: string; ticket: string }>;

export type Tickets = ReturnType<typeof createTickets>;
