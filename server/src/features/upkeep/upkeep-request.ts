import type { Connections } from '#core/connections/index.ts';
import type { PersonId } from '#kernel/ids.ts';
import type { JobContext } from '#platform/jobs/index.ts';

/** What a run is asked for and where it speaks. `person` and `backend` narrow it; flags that a work does not know mean nothing to it. */
export type UpkeepRequest = Readonly<{ person?: PersonId; backend?: string; flags: ReadonlySet<string> }> & JobContext;

/** The accounts that the request is about. */
export async function accountsFor(connections: Pick<Connections, 'list'>, { person, backend }: UpkeepRequest) {
  const accounts = await connections.list(person);
  return backend === undefined ? accounts : accounts.filter((account) => account.name === backend);
}
