import type { People } from '#core/people/index.ts';
import { toIso } from '#kernel/instant.ts';
import { callerOf } from './simkl.auth.ts';
import type { SimklScope } from './simkl-scope.ts';

export type UserRoutesDeps = Readonly<{
  people: Pick<People, 'get'>;
  /** An IANA name. */
  timeZone: string;
}>;

const tags = ['simkl/users'];
/** Nothing is kept from anybody here that the original keeps for those who pay. */
const ACCOUNT_TYPE = 'vip';

const seconds = (iso: string): string => `${iso.slice(0, 19)}Z`;

/** Who the app acts for: the first call of nearly every app. */
export function userRoutes(app: SimklScope, { people, timeZone }: UserRoutesDeps): void {
  app.route({
    method: ['GET', 'POST'],
    url: '/users/settings',
    schema: { operationId: 'simkl.userSettings', summary: 'Who the app acts for', tags },
    handler: async (request) => {
      const person = await people.get(callerOf(request).personId);
      return {
        user: {
          name: person.displayName,
          joined_at: seconds(toIso(person.createdAt)),
          gender: null,
          avatar: null,
          bio: null,
          loc: null,
          age: null,
        },
        account: { id: person.id, timezone: timeZone, type: ACCOUNT_TYPE },
        connections: { facebook: false },
      };
    },
  });

  app.get(
    '/users/account',
    { schema: { operationId: 'simkl.userAccount', summary: 'The account that the app acts for', tags } },
    async (request) => {
      const { personId } = callerOf(request);
      return { id: personId, timezone: timeZone, type: ACCOUNT_TYPE };
    },
  );
}
