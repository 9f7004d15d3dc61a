export type { LiveMessage } from './listener.ts';
export { createLive, type Live, type LiveDeps, type LiveSource, type News, type Standing } from './live.ts';
export type { Keeps, LiveJob, Whose } from './outbound.ts';
export { TOPICS, type Topic as LiveTopic, topicsOfVerb } from './topics.ts';
