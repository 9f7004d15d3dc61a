import type { Rooms } from './app.ts';

/** What happens in histories moves the libraries that apps follow; what apps tell is told to the person's servers. */
export function followHistories({
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
