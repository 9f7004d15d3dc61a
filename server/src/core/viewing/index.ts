export type { TakenReports } from './history.store.ts';
export { createHistory, type History, type HistoryDeps, type HistoryEntry, type Report } from './history.ts';
export {
  createHistoryBin,
  type Departure,
  type HistoryBin,
  type HistoryBinDeps,
  type HistoryCompanion,
  historyRestorers,
} from './history-bin.ts';
export { createHistoryCounts } from './history-counts.store.ts';
export type {
  FieldMatch,
  HistoryFilter,
  HistoryPage,
  HistoryQuery,
  HistorySort,
  IdOfProvider,
  PlayTold,
  ReportField,
  ReportFilter,
} from './history-query.ts';
export { historySizeMigrations } from './history-size.schema.store.ts';
export { listMigrations } from './lists.schema.store.ts';
export { createLists, isListName, type ListEntry, type ListName, type Lists } from './lists.store.ts';
export type { ViewingChange, ViewingFacts, ViewingState } from './merge-viewing.ts';
export { mergeViewing } from './merge-viewing.ts';
export type { MergedTitles } from './merged-shelves.store.ts';
export { createMergedTitles } from './merged-titles.store.ts';
export type { News, Observation, ObservationFacts, OwnPush, PlayNews, Refinement, Window } from './observation.ts';
export { believableDate, LONGEST_WAY, readNews } from './observation.ts';
export type { DatedPlay, DiarySpan } from './play-diary.store.ts';
export { createDiary, type Diary, type DiaryEntry } from './play-diary.ts';
export { type PlayTotal, playTotals } from './play-totals.store.ts';
export { type Begun, type BegunFilter, createPositions } from './positions.store.ts';
export { createRatings, isRating, type Rating, type Ratings } from './ratings.store.ts';
export type { KnownPlay, PlayEvidence, PlayVerdict, ReportedPlays } from './same-play.ts';
export { decidePlays, sittingOf } from './same-play.ts';
export type { ShelfWord } from './shelf-word.ts';
export { createTakenTitles, REMOVED_BY_APP, type TakenTitle, type TakenTitles } from './taken-titles.store.ts';
export { partOf } from './text-match.store.ts';
export { trackedTitles } from './tracked-titles.store.ts';
export { createUnshownTitles, type UnshownTitles } from './unshown-titles.store.ts';
export {
  begunTitleMigrations,
  binnedHistoryMigrations,
  playDayMigrations,
  viewingMigrations,
  viewingPushMigrations,
} from './viewing.schema.store.ts';
export type { EvidenceKind, NewEvidence, NewPlay, StoredObservation, StoredViewing, ViewingStore } from './viewing.store.ts';
export { createViewingStore } from './viewing.store.ts';
