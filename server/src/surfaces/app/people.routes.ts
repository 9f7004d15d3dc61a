import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { Access, Login } from '#core/access/index.ts';
import type { People, Person } from '#core/people/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { loginId } from '#kernel/ids.ts';
import { toIso } from '#kernel/instant.ts';
import { isoOrNull } from './account.shape.ts';
import type { Note } from './activity-note.ts';
import { callerOf, demand, type PersonChoice } from './app.auth.ts';
import {
  Login as LoginShown,
  NewLogin,
  NewPerson,
  Nothing,
  NumberParams,
  PasswordChange,
  PasswordWish,
  PersonPatch,
  Person as PersonShown,
  Problem,
  RoleWish,
  ScopesWish,
  TextParams,
} from './contract.ts';
import { inOurWords } from './our-words.ts';

export type PeopleRoutesDeps = Readonly<{ people: People; access: Pick<Access, 'logins' | 'changePassword'> }>;

const tags = ['people'];

const personShape = ({ id, name, displayName, createdAt }: Person) => ({
  id,
  name,
  display_name: displayName,
  created_at: toIso(createdAt),
});
const loginShape = ({ id, username, role, personId, scopes, createdAt, lastUsedAt }: Login, nameOf: (id: number) => string | null) => ({
  id,
  username,
  role,
  person: nameOf(personId) ?? '',
  scopes: [...scopes],
  created_at: toIso(createdAt),
  last_used_at: isoOrNull(lastUsedAt),
});

export const peopleRoutes =
  ({ people, access, choice, note }: PeopleRoutesDeps & Readonly<{ choice: PersonChoice; note: Note }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/people',
      {
        schema: {
          operationId: 'app.listPeople',
          summary: 'The household, or oneself',
          tags,
          response: { 200: Type.Array(PersonShown), '4xx': Problem },
        },
      },
      async (request) => {
        const only = await choice.whose(callerOf(request), undefined);
        return (await people.list()).filter((person) => only === undefined || person.id === only).map(personShape);
      },
    );

    app.post(
      '/people',
      {
        config: demand('admin'),
        schema: {
          operationId: 'app.addPerson',
          summary: 'Add a person',
          tags,
          body: NewPerson,
          response: { 201: PersonShown, '4xx': Problem },
        },
      },
      async (request, reply) => {
        const person = await people.create(request.body.name, request.body.display_name).catch(inOurWords({ displayName: 'display_name' }));
        await note(callerOf(request), { verb: 'person.added', subject: person.name, person: person.id });
        return reply.code(201).send(personShape(person));
      },
    );

    app.patch(
      '/people/:id',
      {
        schema: {
          operationId: 'app.renamePerson',
          summary: 'Change what a person is shown as; the name itself stays',
          tags,
          params: TextParams,
          body: PersonPatch,
          response: { 200: PersonShown, '4xx': Problem },
        },
      },
      async (request) => {
        const person = await choice.one(callerOf(request), request.params.id);
        const renamed = await people.rename(person.name, request.body.display_name).catch(inOurWords({ displayName: 'display_name' }));
        await note(callerOf(request), { verb: 'person.renamed', subject: person.name, person: person.id });
        return personShape(renamed);
      },
    );

    app.delete(
      '/people/:id',
      {
        config: demand('admin'),
        schema: {
          operationId: 'app.removePerson',
          summary: 'Remove a person, by name, with all that is only theirs',
          tags,
          params: TextParams,
          response: { 204: Nothing, '4xx': Problem },
        },
      },
      async (request, reply) => {
        await people.remove(request.params.id, callerOf(request));
        await note(callerOf(request), { verb: 'person.removed', subject: request.params.id });
        return reply.code(204).send(null);
      },
    );

    app.get(
      '/logins',
      {
        schema: {
          operationId: 'app.listLogins',
          summary: 'Who may sign in',
          tags,
          response: { 200: Type.Array(LoginShown), '4xx': Problem },
        },
      },
      async (request) => {
        const nameOf = await choice.names();
        return (await access.logins.list(callerOf(request))).map((login) => loginShape(login, nameOf));
      },
    );

    app.post(
      '/logins',
      {
        config: demand('admin'),
        schema: {
          operationId: 'app.addLogin',
          summary: 'Let somebody sign in',
          tags,
          body: NewLogin,
          response: { 201: LoginShown, '4xx': Problem },
        },
      },
      async (request, reply) => {
        const { person: name, ...wish } = request.body;
        const person = await people.byName(name);
        if (!person)
          throw new AppError('not-found', `There is nobody named "${name}" here.`, {
            faults: [{ field: 'person', message: 'is not known here' }],
          });
        const login = await access.logins.create({ ...wish, personId: person.id }, callerOf(request));
        await note(callerOf(request), { verb: 'login.added', subject: login.username, detail: { role: login.role }, person: person.id });
        return reply.code(201).send(loginShape(login, await choice.names()));
      },
    );

    app.put(
      '/logins/:id/role',
      {
        config: demand('admin'),
        schema: {
          operationId: 'app.setRole',
          summary: 'Change what somebody may do',
          tags,
          params: NumberParams,
          body: RoleWish,
          response: { 204: Nothing, '4xx': Problem },
        },
      },
      async (request, reply) => {
        await access.logins.setRole(loginId(request.params.id), request.body.role, callerOf(request));
        await note(callerOf(request), {
          verb: 'login.role-changed',
          subject: `login ${request.params.id}`,
          detail: { role: request.body.role },
        });
        return reply.code(204).send(null);
      },
    );

    app.put(
      '/logins/:id/scopes',
      {
        config: demand('admin'),
        schema: {
          operationId: 'app.setScopes',
          summary: 'Keep somebody of the role `person` from some of what that role may',
          tags,
          params: NumberParams,
          body: ScopesWish,
          response: { 200: LoginShown, '4xx': Problem },
        },
      },
      async (request) => {
        const { scopes } = request.body;
        const login = await access.logins.setScopes(loginId(request.params.id), scopes, callerOf(request));
        await note(callerOf(request), {
          verb: 'login.rights-changed',
          subject: login.username,
          detail: { scopes },
          person: login.personId,
        });
        return loginShape(login, await choice.names());
      },
    );

    app.put(
      '/logins/:id/password',
      {
        config: demand('admin'),
        schema: {
          operationId: 'app.setPassword',
          summary: 'Give somebody a new password. Their sessions end',
          tags,
          params: NumberParams,
          body: PasswordWish,
          response: { 204: Nothing, '4xx': Problem },
        },
      },
      async (request, reply) => {
        await access.logins.setPassword(loginId(request.params.id), request.body.password, callerOf(request));
        await note(callerOf(request), { verb: 'login.password-set', subject: `login ${request.params.id}` });
        return reply.code(204).send(null);
      },
    );

    app.put(
      '/session/password',
      {
        config: demand('read'),
        schema: {
          operationId: 'app.changePassword',
          summary: 'Change one’s own password. All sessions end, this one too',
          tags: ['session'],
          body: PasswordChange,
          response: { 204: Nothing, '4xx': Problem },
        },
      },
      async (request, reply) => {
        const actor = callerOf(request);
        const { current, password: next } = request.body;
        await access.changePassword(actor, { current, next, address: request.ip });
        await note(actor, { verb: 'login.password-changed', subject: actor.name, person: actor.personId });
        return reply.code(204).send(null);
      },
    );

    app.delete(
      '/logins/:id',
      {
        config: demand('admin'),
        schema: {
          operationId: 'app.removeLogin',
          summary: 'End a sign-in for good',
          tags,
          params: NumberParams,
          response: { 204: Nothing, '4xx': Problem },
        },
      },
      async (request, reply) => {
        await access.logins.remove(loginId(request.params.id), callerOf(request));
        await note(callerOf(request), { verb: 'login.removed', subject: `login ${request.params.id}` });
        return reply.code(204).send(null);
      },
    );
  };
