import { type FastifyPluginAsyncTypebox, type Static, Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { mayActAsAnyone } from '#core/access/index.ts';
import type { Account, Connections } from '#core/connections/index.ts';
import type { Desks } from '#core/requests/index.ts';
import type { LookFilter, Stories, TitleLook, TitlePages, Titles, Viewer } from '#features/titles/index.ts';
import type { WatchSync } from '#features/watch-sync/index.ts';
import { invalid } from '#kernel/app-error.ts';
import { type MediaId, mediaId, type PersonId, serverId } from '#kernel/ids.ts';
import { toIso } from '#kernel/instant.ts';
import type { Note } from './activity-note.ts';
import { callerOf, demand, type PersonChoice } from './app.auth.ts';
import { NumberParams, PersonQuery, Problem } from './contract.ts';
import {
  MarksDone,
  MarksShown,
  MarkWish,
  SeasonPage,
  SeasonParams,
  StoryQuery,
  StoryShown,
  TitleChips,
  TitleCountsQuery,
  TitlePage,
  TitlesQuery,
  TitleWindow,
} from './contract-titles.ts';
import { mediumShape } from './media.shape.ts';
import { chipsShape, episodeShape, marksShape, type Named, rowShape, storyShape, titlePageShape } from './titles.shape.ts';

/** Beside a title's own page: what a mark would do, and does. */
type Marking = Pick<WatchSync, 'showMarks' | 'markManyByHand'>;

export type TitleRoutesDeps = Readonly<{
  titleLook: TitleLook;
  titlePages: TitlePages;
  stories: Stories;
  titles: Pick<Titles, 'touch'>;
  watchSync: Marking;
  connections: Pick<Connections, 'servers'>;
  desks: Pick<Desks, 'list'>;
}>;

const tags = ['titles'];
const EVENT = 'web.history';
/** What is told of it once; the rest is asked for as it is scrolled to. */
const DESCENDING_BY_NATURE: ReadonlySet<string> = new Set(['added', 'watched', 'year', 'rating']);

type Narrowing = Static<typeof TitleCountsQuery>;

/** The household's titles: a list to look through, a page and a story for each, and marks by hand with what they would change. */
export const titleRoutes =
  (deps: TitleRoutesDeps & Readonly<{ choice: PersonChoice; note: Note }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { titleLook, titlePages, stories, titles, watchSync, connections, desks, choice, note } = deps;

    async function viewerOf(request: FastifyRequest, name: string | undefined): Promise<Viewer> {
      const actor = callerOf(request);
      return { person: (await choice.one(actor, name)).id, everything: mayActAsAnyone(actor) };
    }

    async function named(): Promise<Named> {
      const person = await choice.names();
      const servers = new Map<number, Pick<Account['server'], 'name' | 'type'>>((await connections.servers()).map((one) => [one.id, one]));
      const rooms = new Map<number, string>((await desks.list()).map((desk) => [desk.id, desk.name]));
      return {
        person: (id) => person(id) ?? `person ${id}`,
        server: (id) => servers.get(id) ?? { name: `server ${id}`, type: '' },
        desk: (id) => rooms.get(id) ?? `desk ${id}`,
      };
    }

    async function filterOf(request: FastifyRequest, query: Narrowing): Promise<LookFilter> {
      const { text, kind, state, watched_by, unwatched_by, differs, place, requested, list, rated, missing_ids } = query;
      const personOf = async (name: string | undefined): Promise<PersonId | undefined> =>
        name === undefined ? undefined : (await choice.one(callerOf(request), name)).id;
      const told = {
        text,
        kind,
        state,
        watchedBy: await personOf(watched_by),
        unwatchedBy: await personOf(unwatched_by),
        differs,
        place: place === undefined ? undefined : serverId(place),
        requested,
        list,
        rated,
        missingIds: missing_ids,
      };
      return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined)) as LookFilter;
    }

    app.get(
      '/titles',
      {
        schema: {
          operationId: 'app.listTitles',
          summary: 'A window of the movies and shows that match, as one person sees them',
          tags,
          querystring: TitlesQuery,
          response: { 200: TitleWindow, '4xx': Problem },
        },
      },
      async (request) => {
        const { sort, order, offset, limit, person, ...narrowing } = request.query;
        const descending = order === undefined ? DESCENDING_BY_NATURE.has(sort) : order === 'desc';
        const viewer = await viewerOf(request, person);
        const { rows, total } = await titleLook.list(viewer, await filterOf(request, narrowing), { sort, descending, offset, limit });
        const names = await named();
        return { items: rows.map((row) => rowShape(row.card, row.requested, names)), total, offset };
      },
    );

    app.get(
      '/titles/counts',
      {
        schema: {
          operationId: 'app.countTitles',
          summary: 'How many titles match, and how many of them each further filter would leave',
          tags,
          querystring: TitleCountsQuery,
          response: { 200: TitleChips, '4xx': Problem },
        },
      },
      async (request) => {
        const { person, ...narrowing } = request.query;
        const { requested, ...counts } = await titleLook.counts(await viewerOf(request, person), await filterOf(request, narrowing));
        return chipsShape(counts, requested, await titleLook.places(), await named());
      },
    );

    app.get(
      '/titles/:id',
      {
        schema: {
          operationId: 'app.getTitle',
          summary: 'A movie or show: names, ids, where it stands for whom, seasons, requests',
          tags,
          params: NumberParams,
          querystring: Type.Object(PersonQuery),
          response: { 200: TitlePage, '4xx': Problem },
        },
      },
      async (request) => {
        const viewer = await viewerOf(request, request.query.person);
        return titlePageShape(await titlePages.detail(viewer, request.params.id), viewer.everything, await named());
      },
    );

    app.get(
      '/titles/:id/seasons/:season',
      {
        schema: {
          operationId: 'app.getSeason',
          summary: 'The episodes of a season, and who stands where with each',
          tags,
          params: SeasonParams,
          querystring: Type.Object(PersonQuery),
          response: { 200: SeasonPage, '4xx': Problem },
        },
      },
      async (request) => {
        const { id, season } = request.params;
        const viewer = await viewerOf(request, request.query.person);
        const { media, episodes } = await titlePages.season(viewer, id, season);
        const names = await named();
        return { title: mediumShape(media), season, episodes: episodes.map((one) => episodeShape(one, names)) };
      },
    );

    app.get(
      '/titles/:id/story',
      {
        schema: {
          operationId: 'app.getStory',
          summary: 'What happened to a title on one time line, newest first, and what waits to; each with its reason',
          tags,
          params: NumberParams,
          querystring: StoryQuery,
          response: { 200: StoryShown, '4xx': Problem },
        },
      },
      async (request) => {
        const { person, only, offset, limit } = request.query;
        const viewer = await viewerOf(request, person);
        const page = { ...(person !== undefined && { person: viewer.person }), oursOnly: only === 'changes', offset, limit };
        const { future, past, total, now } = await stories.of(viewer, request.params.id, page);
        const names = await named();
        return {
          now: toIso(now),
          future: future.map((entry) => storyShape(entry, names)),
          items: past.map((entry) => storyShape(entry, names)),
          total,
          offset,
        };
      },
    );

    async function meant(viewer: Viewer, wish: Static<typeof MarkWish>): Promise<readonly MediaId[]> {
      const { season, episode } = wish;
      if (wish.titles.length > 1 && (season !== undefined || episode !== undefined)) {
        throw invalid(season !== undefined ? 'season' : 'episode', 'is of one title: name that alone');
      }
      const part = { ...(season !== undefined && { season }), ...(episode !== undefined && { episode }) };
      const all: MediaId[] = [];
      for (const id of wish.titles) all.push(...(await titlePages.meant(viewer, id, part)));
      return all;
    }

    app.post(
      '/titles/marks/preview',
      {
        config: demand('read'),
        schema: {
          operationId: 'app.showMarks',
          summary: 'What marking titles, a season or an episode would change, here and on each place. Nothing is changed',
          tags,
          body: MarkWish,
          response: { 200: MarksShown, '4xx': Problem },
        },
      },
      async (request) => {
        const { person: name, watched } = request.body;
        const person = await choice.one(callerOf(request), name);
        const parts = await meant(await viewerOf(request, name), request.body);
        return marksShape(await watchSync.showMarks(person.id, parts, watched), person.name, watched);
      },
    );

    app.post(
      '/titles/marks',
      {
        schema: {
          operationId: 'app.markTitles',
          summary: 'Mark titles, a season or an episode as watched or not. The person’s places are told afterwards',
          tags,
          body: MarkWish,
          response: { 200: MarksDone, '4xx': Problem },
        },
      },
      async (request) => {
        const { person: name, watched, titles: asked, season, episode } = request.body;
        const actor = callerOf(request);
        const person = await choice.one(actor, name);
        const parts = await meant(await viewerOf(request, name), request.body);
        const changed = await watchSync.markManyByHand(person.id, parts, watched, EVENT);
        await titles.touch(asked.map((id) => mediaId(id)));
        await note(actor, {
          verb: watched ? 'history.marked' : 'history.unmarked',
          subject: asked.length === 1 ? `title ${asked[0]}` : `${asked.length} titles`,
          detail: { titles: [...asked.slice(0, 50)], season: season ?? null, episode: episode ?? null, changed: changed.length },
          person: person.id,
        });
        return { person: person.name, watched, titles: changed.length, already: new Set(parts).size - changed.length };
      },
    );
  };
