/**
 * What can have changed, in the words of whoever shows it. A change names its topic and nothing else: whoever shows the topic reads it
 * again, and sees what they may.
 */
export const TOPICS = [
  'accounts',
  'activity',
  'apps',
  'bin',
  'conflicts',
  'doubts',
  'jobs',
  'keys',
  'people',
  'plans',
  'requests',
  'settings',
  'shelf',
  'tasks',
  'titles',
  'trackers',
  'viewing',
] as const;

export type Topic = (typeof TOPICS)[number];

/** That something of these has changed is for everybody to know; what it is they are told only where it is theirs. */
export const OPEN_TOPICS: ReadonlySet<Topic> = new Set(['requests', 'tasks', 'titles']);

/** The verbs of the activity, by their first word, and what they have changed. */
const TOPICS_OF_VERB: Readonly<Record<string, readonly Topic[]>> = {
  account: ['accounts', 'trackers'],
  app: ['apps'],
  grant: ['apps'],
  bin: ['bin', 'viewing', 'shelf'],
  conflict: ['conflicts', 'titles'],
  'custom-id': ['titles'],
  history: ['viewing', 'bin'],
  key: ['keys'],
  list: ['shelf', 'bin'],
  login: ['people'],
  media: ['titles', 'conflicts'],
  merge: ['titles'],
  people: ['people', 'accounts'],
  person: ['people'],
  plan: ['plans'],
  'request-desk': ['requests'],
  'request-replication': ['requests'],
  requests: ['requests'],
  setting: ['settings', 'tasks'],
  scheduler: ['tasks'],
  task: ['tasks'],
  tracker: ['trackers'],
};

export const topicsOfVerb = (verb: string): readonly Topic[] => ['activity', ...(TOPICS_OF_VERB[verb.split('.')[0] ?? ''] ?? [])];
