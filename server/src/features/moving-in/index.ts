export { createMovingIn, type MoveWish, type MovingIn, type MovingInDeps, type RestoreWish } from './moving-in.ts';
export type { EntryDesk, EntryDesks, Taken } from './take-household.ts';
