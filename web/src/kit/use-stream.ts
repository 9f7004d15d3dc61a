import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import type { Answer } from '../api/answer.ts';
import { serverBase } from '../api/client.ts';

type Events = Answer<'app.stream'>;
/** Work on the server as it goes. */
export type LiveJob = Events['job'];
type Topic = Events['changed']['topics'][number];

/** What is shown elsewhere of a topic; a query is read again as well where its key begins with the topic's own name. */
const ALSO: Readonly<Partial<Record<Topic, readonly string[]>>> = {
  accounts: ['health', 'home', 'connections'],
  activity: ['changes'],
  bin: ['activity'],
  conflicts: ['health', 'home'],
  doubts: ['health', 'home', 'changes'],
  people: ['home'],
  plans: ['health', 'home'],
  requests: ['home', 'titles'],
  shelf: ['titles'],
  tasks: ['home'],
  trackers: ['home'],
  viewing: ['history', 'titles', 'player'],
};
/** A stream that the server refused is asked for again by us: browsers do not. */
const AGAIN_MS = 30_000;
/** What has ended stays in sight for this long. */
const ENDED_MS = 8_000;

const jobs = new Map<string, LiveJob>();
const tell = new Set<() => void>();
let shown: readonly LiveJob[] = [];
let users = 0;
let end: () => void = () => undefined;

function put(job: LiveJob): void {
  jobs.set(job.id, job);
  if (job.state !== 'pending' && job.state !== 'running') setTimeout(() => drop(job.id), ENDED_MS);
  show();
}

function drop(id: string): void {
  jobs.delete(id);
  show();
}

function show(): void {
  shown = [...jobs.values()];
  for (const one of tell) one();
}

function readAgain(queries: QueryClient, topics: readonly Topic[]): void {
  const words = new Set<unknown>(topics.flatMap((topic) => [topic, ...(ALSO[topic] ?? [])]));
  void queries.invalidateQueries({ predicate: ({ queryKey }) => words.has(queryKey[0]) });
}

function open(queries: QueryClient): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const start = (): void => {
    source = new EventSource(`${serverBase()}/api/v1/stream`);
    const on = <Name extends keyof Events>(name: Name, act: (data: Events[Name]) => void) =>
      source?.addEventListener(name, (event) => act(JSON.parse((event as MessageEvent<string>).data) as Events[Name]));
    on('job', put);
    on('changed', ({ topics }) => readAgain(queries, topics));
    on('reload', () => {
      jobs.clear();
      show();
      void queries.invalidateQueries();
    });
    source.addEventListener('error', () => {
      if (source?.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(start, AGAIN_MS);
    });
  };
  start();
  return () => {
    clearTimeout(timer);
    source?.close();
    jobs.clear();
    show();
  };
}

/** One stream for the whole tab, for as long as somebody looks: whatever changes on the server is read again where it is shown. */
export function useStream(): void {
  const queries = useQueryClient();
  useEffect(() => {
    users += 1;
    if (users === 1) end = open(queries);
    return () => {
      users -= 1;
      if (users === 0) end();
    };
  }, [queries]);
}

const subscribe = (listener: () => void) => {
  tell.add(listener);
  return () => void tell.delete(listener);
};

/** Work that waits, runs, or ended a moment ago. */
export const useLiveJobs = (): readonly LiveJob[] => useSyncExternalStore(subscribe, () => shown);
