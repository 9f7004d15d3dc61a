import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { type Actor, mayActAsAnyone } from '#core/access/index.ts';
import type { Person } from '#core/people/index.ts';
import type { TitlePages } from '#features/titles/index.ts';
import type { TitleStanding } from '#features/tracker/index.ts';
import { mediaId } from '#kernel/ids.ts';
import type { JsonObject } from '#kernel/json.ts';
import type { Note } from './activity-note.ts';
import { callerOf, type PersonChoice } from './app.auth.ts';
import { NumberParams, PersonQuery, Problem } from './contract.ts';
import type { LibraryRoutesDeps } from './library.routes.ts';
import { ListWish, MemoWish, RatingWish, Standing, standingShape } from './library.shape.ts';

export type TitleWordRoutesDeps = LibraryRoutesDeps & Readonly<{ titlePages: Pick<TitlePages, 'find'> }>;

const tags = ['tracker'];
const querystring = Type.Object(PersonQuery);
const response = { 200: Standing, '4xx': Problem };

type Asked = FastifyRequest<{ Params: { id: number }; Querystring: { person?: string } }>;

/** What a person says of one movie or show: list, rating, memo. No mark comes or goes by it. */
export const titleWordRoutes =
  ({
    tracker: { own },
    titlePages,
    choice,
    note,
  }: TitleWordRoutesDeps & Readonly<{ choice: PersonChoice; note: Note }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    /** A title that concerns others only is as unknown here as on its page: with a word of one's own it would be in one's library. */
    async function standingFor(actor: Actor, person: Person, id: number): Promise<TitleStanding> {
      const standing = await own.standing(person.id, mediaId(id));
      const { list, rating, memo, counts } = standing;
      const isTheirs = [list, rating, memo, counts].some((one) => one !== undefined);
      if (!isTheirs) await titlePages.find({ person: person.id, everything: mayActAsAnyone(actor) }, id);
      return standing;
    }

    async function said(
      request: Asked,
      verb: string,
      detail: JsonObject,
      say: (person: Person, id: ReturnType<typeof mediaId>) => Promise<TitleStanding>,
    ): Promise<Standing> {
      const person = await choice.one(callerOf(request), request.query.person);
      await standingFor(callerOf(request), person, request.params.id);
      const standing = standingShape(await say(person, mediaId(request.params.id)));
      await note(callerOf(request), {
        verb,
        subject: `title ${standing.title}`,
        detail: { ...detail, mediaId: standing.title },
        person: person.id,
      });
      return standing;
    }
    const schemaOf = (operationId: string, summary: string) => ({
      operationId,
      summary,
      tags,
      params: NumberParams,
      querystring,
      response,
    });

    app.get(
      '/titles/:id/standing',
      { schema: schemaOf('app.getStanding', 'Which list a person has it on, their rating and memo, and how far they are') },
      async (request) => {
        const person = await choice.one(callerOf(request), request.query.person);
        return standingShape(await standingFor(callerOf(request), person, request.params.id));
      },
    );

    app.put(
      '/titles/:id/rating',
      { schema: { ...schemaOf('app.rateTitle', 'Rate it from 1 to 10. A title that is on no list comes on one'), body: RatingWish } },
      async (request) => {
        const { rating } = request.body;
        return said(request, 'title.rated', { rating }, (person, id) => own.rateTitle(person.id, id, rating, callerOf(request)));
      },
    );
    app.delete('/titles/:id/rating', { schema: schemaOf('app.unrateTitle', 'Take the rating back') }, async (request) =>
      said(request, 'title.rated', { rating: null }, (person, id) => own.rateTitle(person.id, id, null, callerOf(request))),
    );

    app.put(
      '/titles/:id/list',
      {
        schema: {
          ...schemaOf('app.listTitle', 'Put it on a list. What is still to air is not completed: it stays on `watching`'),
          body: ListWish,
        },
      },
      async (request) => {
        const { list } = request.body;
        return said(request, 'title.listed', { list }, (person, id) => own.listTitle(person.id, id, list, callerOf(request)));
      },
    );
    app.delete(
      '/titles/:id/list',
      { schema: schemaOf('app.unlistTitle', 'Take it off its list. What was watched of it keeps it in the library') },
      async (request) =>
        said(request, 'title.listed', { list: null }, (person, id) => own.listTitle(person.id, id, null, callerOf(request))),
    );

    app.put('/titles/:id/memo', { schema: { ...schemaOf('app.noteTitle', 'Write a memo about it'), body: MemoWish } }, async (request) => {
      const { text, private: isPrivate = true } = request.body;
      return said(request, 'title.noted', {}, (person, id) => own.noteTitle(person.id, id, { text, isPrivate }));
    });
    app.delete('/titles/:id/memo', { schema: schemaOf('app.unnoteTitle', 'Take the memo away') }, async (request) =>
      said(request, 'title.noted', { removed: true }, (person, id) => own.noteTitle(person.id, id, null)),
    );
  };
