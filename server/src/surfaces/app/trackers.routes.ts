import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import type { TrackerLink, TrackerSync } from '#features/tracker-sync/index.ts';
import { minutes } from '#kernel/instant.ts';
import type { Note } from './activity-note.ts';
import { callerOf, demand, type PersonChoice } from './app.auth.ts';
import { JobQueued, NumberParams, PersonQuery, Problem } from './contract.ts';
import {
  invitationShape,
  NewTracker,
  openShape,
  Tracker,
  TrackerAdded,
  TrackerInvitation,
  TrackerInvite,
  TrackerOpen,
  TrackerPatch,
  TrackerProof,
  TrackerRemoved,
  TrackerRun,
  TrackerState,
  trackerShape,
} from './trackers.shape.ts';

export type TrackerRoutesDeps = Readonly<{ trackerSync: TrackerSync }>;

const tags = ['trackers'];
const PATIENCE = minutes(1);
const problems = { '4xx': Problem, '5xx': Problem };

/** The accounts that persons have at trackers, such as Simkl. Everybody connects their own. */
export const trackerRoutes =
  ({ trackerSync, choice, note }: TrackerRoutesDeps & Readonly<{ choice: PersonChoice; note: Note }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    const soon = () => ({ signal: AbortSignal.timeout(PATIENCE) });
    const shown = async (link: TrackerLink) => trackerShape(link, await choice.names());
    const own = async (request: FastifyRequest<{ Params: { id: number } }>): Promise<TrackerLink> => {
      const link = await trackerSync.get(request.params.id);
      choice.mine(callerOf(request), link.personId);
      return link;
    };
    const switchesOf = (body: { import?: boolean; export?: boolean; lists?: boolean; ratings?: boolean }) => ({
      ...(body.import !== undefined && { takes: body.import }),
      ...(body.export !== undefined && { sends: body.export }),
      ...(body.lists !== undefined && { lists: body.lists }),
      ...(body.ratings !== undefined && { ratings: body.ratings }),
    });

    app.get(
      '/trackers',
      {
        schema: {
          operationId: 'app.listTrackers',
          summary: 'Accounts at trackers',
          tags,
          querystring: Type.Object(PersonQuery),
          response: { 200: Type.Array(Tracker), ...problems },
        },
      },
      async (request) => {
        const names = await choice.names();
        const links = await trackerSync.list(await choice.whose(callerOf(request), request.query.person));
        return links.map((link) => trackerShape(link, names));
      },
    );

    app.post(
      '/trackers',
      {
        schema: {
          operationId: 'app.addTracker',
          summary: 'Connect an account: by a code that the person types there, or with redirect_uri by a page of consent',
          tags,
          body: NewTracker,
          response: { 201: TrackerAdded, ...problems },
        },
      },
      async (request, reply) => {
        const {
          name,
          vendor = 'simkl',
          client_id: clientId,
          client_secret: clientSecret,
          redirect_uri: redirectUri,
          person,
          ...rest
        } = request.body;
        const { id: personId } = await choice.one(callerOf(request), person);
        const wish = { personId, name, vendor, clientId, clientSecret, redirectUri, switches: switchesOf(rest) };
        const { link, invitation } = await trackerSync.add(wish, soon());
        await note(callerOf(request), { verb: 'tracker.added', subject: name, person: personId });
        return reply.code(201).send({ tracker: await shown(link), invitation: invitationShape(invitation) });
      },
    );

    app.get(
      '/trackers/:id',
      {
        schema: {
          operationId: 'app.getTracker',
          summary: 'One of them',
          tags,
          params: NumberParams,
          response: { 200: Tracker, ...problems },
        },
      },
      async (request) => shown(await own(request)),
    );

    app.patch(
      '/trackers/:id',
      {
        schema: {
          operationId: 'app.changeTracker',
          summary: 'Switch on and off. What is switched on anew has its first plan shown before anything is written',
          tags,
          params: NumberParams,
          body: TrackerPatch,
          response: { 200: Tracker, ...problems },
        },
      },
      async (request) => {
        const link = await own(request);
        const changed = await trackerSync.change(link.id, switchesOf(request.body));
        await note(callerOf(request), { verb: 'tracker.changed', subject: link.name, person: link.personId });
        return shown(changed);
      },
    );

    app.delete(
      '/trackers/:id',
      {
        schema: {
          operationId: 'app.removeTracker',
          summary: 'Disconnect: end the grant there, and forget what is known of it. Neither library changes',
          tags,
          params: NumberParams,
          response: { 200: TrackerRemoved, ...problems },
        },
      },
      async (request) => {
        const { link, revoked } = await trackerSync.remove((await own(request)).id, soon());
        await note(callerOf(request), { verb: 'tracker.removed', subject: link.name, person: link.personId });
        return { revoked };
      },
    );

    app.post(
      '/trackers/:id/invite',
      {
        schema: {
          operationId: 'app.inviteTracker',
          summary: 'Once more, where a code is over or a grant has ended',
          tags,
          params: NumberParams,
          body: TrackerInvite,
          response: { 200: TrackerInvitation, ...problems },
        },
      },
      async (request) => invitationShape(await trackerSync.invite((await own(request)).id, request.body.redirect_uri, soon())),
    );

    app.post(
      '/trackers/:id/connect',
      {
        schema: {
          operationId: 'app.connectTracker',
          summary: 'Whether the person has agreed by now; with what the page of consent sent the browser back with',
          tags,
          params: NumberParams,
          body: TrackerProof,
          response: { 200: TrackerState, ...problems },
        },
      },
      async (request) => ({ state: await trackerSync.finish((await own(request)).id, request.body, soon()) }),
    );

    app.post(
      '/trackers/:id/run',
      {
        config: demand('sync'),
        schema: {
          operationId: 'app.runTracker',
          summary: 'Sync now',
          tags,
          params: NumberParams,
          body: TrackerRun,
          response: { 202: JobQueued, ...problems },
        },
      },
      async (request, reply) => {
        const link = await own(request);
        const { jobId, coalesced } = await trackerSync.wake(link.id, { full: request.body.full ?? false });
        return reply.code(202).send({ job_id: jobId, coalesced });
      },
    );

    app.get(
      '/trackers/:id/open',
      {
        schema: {
          operationId: 'app.listTrackerOpen',
          summary: 'What it would not take, or has not shown yet',
          tags,
          params: NumberParams,
          response: { 200: Type.Array(TrackerOpen), ...problems },
        },
      },
      async (request) => (await trackerSync.open((await own(request)).id)).map(openShape),
    );
  };
