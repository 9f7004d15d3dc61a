import type { Topic as EventTopic } from '#core/events.ts';
import type { LiveTopic } from '#features/live/index.ts';
import type { Rooms } from './app.ts';

/** What follows from events. They are delivered in one thread of the house; the other one only sees to it that they are kept for it. */
export async function followEvents(rooms: Rooms): Promise<void> {
  followDecisions(rooms);
  followHistories(rooms);
  tellWhoLooks(rooms);
  if (rooms.role === 'front') return rooms.events.enrol();
  await rooms.events.start();
  rooms.titles.resume();
}

const HEARD = {
  'viewing.changed': 'viewing',
  'viewing.replaced': 'viewing',
  'shelf.changed': 'shelf',
  'account.added': 'accounts',
  'account.changed': 'accounts',
  'account.removed': 'accounts',
  'plan.decided': 'plans',
  'person.added': 'people',
  'person.renamed': 'people',
  'person.removed': 'people',
  'copies.heard': 'titles',
  'media.merged': 'titles',
  'media.split': 'titles',
  'media.told': 'titles',
  'media.conflicts': 'conflicts',
} as const satisfies Readonly<Record<EventTopic, LiveTopic>>;

function tellWhoLooks({ events, liveNotes }: Rooms): void {
  events.subscribe({
    name: 'live',
    topics: Object.keys(HEARD) as EventTopic[],
    async handle({ topic, payload }) {
      liveNotes.note(HEARD[topic], ('personId' in payload ? payload.personId : undefined) ?? 'house');
    },
  });
}

/** What follows from a decision or a departure, whoever made it. */
function followDecisions({ events, jobs, watchSync, connections, requests, trackerSync, metadata }: Rooms): void {
  events.subscribe({
    name: 'plans',
    topics: ['plan.decided'],
    async handle({ payload }) {
      await jobs.enqueue({
        name: 'plan:apply',
        lane: 'bulk',
        // A server that is down for a moment does not make a person say it twice.
        maxAttempts: 5,
        reference: `plan:${payload.planId}`,
        payload: { planId: payload.planId },
        ...(payload.personId !== undefined && { person: payload.personId }),
      });
    },
  });
  events.subscribe({
    name: 'switched-on',
    topics: ['account.changed', 'account.added'],
    async handle({ payload }) {
      const account = await connections.byId(payload.accountId).catch(() => undefined);
      if (account) await watchSync.retryPushes(account);
    },
  });
  events.subscribe({
    name: 'trackers',
    topics: ['viewing.changed', 'person.removed'],
    async handle({ topic, payload }) {
      if (topic === 'viewing.changed') await trackerSync.changed(payload.personId);
      else await trackerSync.forgetPerson(payload.personId);
    },
  });
  events.subscribe({
    name: 'wanted-metadata',
    topics: ['viewing.changed'],
    async handle({ payload }) {
      // What an import finds waits for the clock: it would be most of the library.
      if (payload.cause.kind !== 'import') await metadata.wanted(payload.mediaIds);
    },
  });
  events.subscribe({
    name: 'who-asked',
    topics: ['account.changed', 'account.added', 'account.removed'],
    handle: () => requests.matchPeople(),
  });
}

/** What happens in histories moves the libraries that apps follow; what apps tell is told to the person's servers. */
function followHistories({
  events,
  tracker,
  watchSync,
  shelfSync,
  titles,
}: Pick<Rooms, 'events' | 'tracker' | 'watchSync' | 'shelfSync' | 'titles'>): void {
  const { follow } = tracker;
  events.subscribe({
    name: 'libraries',
    topics: ['viewing.changed', 'viewing.replaced', 'person.removed', 'media.merged', 'media.split', 'media.told'],
    async handle(event) {
      if (event.topic === 'viewing.changed') {
        // An app's own change has moved its library already, in the same transaction.
        if (event.payload.cause.kind !== 'app') await follow.viewingChanged(event.payload);
      } else if (event.topic === 'viewing.replaced') await follow.viewingReplaced(event.payload);
      else if (event.topic === 'person.removed') await follow.personRemoved(event.payload);
      else if (event.topic === 'media.merged') await follow.merged(event.payload);
      else if (event.topic === 'media.split') await follow.split(event.payload);
      else await follow.told(event.payload);
    },
  });
  events.subscribe({
    name: 'title-cards',
    topics: ['viewing.changed', 'shelf.changed', 'viewing.replaced', 'copies.heard', 'media.merged', 'media.split', 'account.removed'],
    handle: (event) => titles.follow(event),
  });
  events.subscribe({
    name: 'shown-settings',
    topics: ['person.renamed'],
    handle: ({ payload }) => follow.personRenamed(payload),
  });
  events.subscribe({
    name: 'words-for-servers',
    topics: ['shelf.changed', 'viewing.replaced'],
    handle: (event) => (event.topic === 'shelf.changed' ? shelfSync.changed(event.payload) : shelfSync.replaced(event.payload)),
  });
  events.subscribe({
    name: 'marks-of-apps',
    topics: ['viewing.changed'],
    async handle({ payload: { personId, mediaIds, cause } }) {
      if (cause.kind === 'app') await watchSync.tell(personId, mediaIds, 'app');
    },
  });
}
