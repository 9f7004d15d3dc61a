import { createMediaGraph } from '#core/media/index.ts';
import { createStories, createTitleLook, createTitlePages } from '#features/titles/index.ts';
import type { Rooms } from './app.ts';

/** A title's page and its story are told from many rooms: each tells its part. */
export function createHouseTitles(rooms: Rooms) {
  const { database, clock, titleFacts, connections, people, requests, desks, titles, watchSync } = rooms;
  const parts = {
    database,
    clock,
    graph: createMediaGraph(database, { clock }),
    facts: titleFacts,
    accounts: connections.list,
    people: people.list,
    requests,
    titles,
  };
  const titlePages = createTitlePages(parts);
  const stories = createStories({
    ...parts,
    pages: titlePages,
    servers: connections.servers,
    deskNames: async () => new Map((await desks.list()).map((desk) => [desk.id, desk.name])),
    tellingsOf: watchSync.tellingsOf,
  });
  return { titlePages, stories, titleLook: createTitleLook({ titles, pages: titlePages, requests }) };
}
