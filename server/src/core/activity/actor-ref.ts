/**
 * Who did something, as records keep it: the name as it was then, since logins and keys may be gone by the time that
 * somebody asks. Whatever the access room calls an actor fits.
 */
export type ActorRef = Readonly<{ kind: string; id: string | number; name: string }>;

/** What the house did on its own: schedules, start-up, pruning. */
export const houseActor: ActorRef = { kind: 'house', id: 'house', name: 'Usherr' };
