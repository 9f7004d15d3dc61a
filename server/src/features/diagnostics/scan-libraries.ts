import { type Account, ignoredLibraries } from '#core/connections/index.ts';
import type { CallOptions, UpstreamItem, UpstreamLibrary, ViewingSource } from '#core/upstreams/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { ExternalIds } from '#kernel/external-ids.ts';
import { type CompareMethod, matchNames, type NameMatch } from './compare-names.ts';

const PAGE = 1_000;

export type ScanDeps = Readonly<{
  connections: Readonly<{ connect(account: Account): Promise<Pick<ViewingSource, 'listLibraries' | 'readLibrary'>> }>;
}>;

export type Mismatch = Readonly<{ item: UpstreamItem; title: string; percent: number; matches: readonly NameMatch[] }>;

export type LibraryScan = Readonly<{
  /** Throws `not-found` for a library that the server does not have. */
  library(account: Account, id: string, call: CallOptions): Promise<UpstreamLibrary>;
  /** Items without any id that another server could know them by. */
  unmatched(account: Account, library: string | undefined, call: CallOptions): Promise<readonly UpstreamItem[]>;
  /** Titles whose files are called something else; one for each movie and each folder of a series. */
  mismatched(
    account: Account,
    library: string | undefined,
    how: CallOptions & Readonly<{ method: CompareMethod; below: number }>,
  ): Promise<readonly Mismatch[]>;
  /** Everything that the library has now, by the ids of its server. */
  ids(account: Account, library: UpstreamLibrary, call: CallOptions): Promise<ReadonlySet<string>>;
}>;

const hasIds = (ids: ExternalIds | undefined): boolean => {
  for (const _ in ids) return true;
  return false;
};

/** Looks through the libraries of a server, and keeps nothing of it. */
export function createLibraryScan({ connections }: ScanDeps): LibraryScan {
  async function find(account: Account, id: string, call: CallOptions): Promise<UpstreamLibrary> {
    const found = (await (await connections.connect(account)).listLibraries(call)).find((one) => one.id === id);
    if (!found) throw new AppError('not-found', `"${account.name}" has no library ${id}.`);
    return found;
  }

  async function* itemsOf(
    account: Account,
    libraryId: string | undefined,
    { signal, raw = false }: CallOptions,
  ): AsyncGenerator<UpstreamItem> {
    const server = await connections.connect(account);
    const ignored = new Set(ignoredLibraries(account.options));
    const libraries =
      libraryId === undefined
        ? (await server.listLibraries({ signal })).filter((one) => one.supported && !ignored.has(one.id))
        : [await find(account, libraryId, { signal })];
    for (const library of libraries) {
      for await (const page of server.readLibrary(library, { signal, raw, pageSize: PAGE })) yield* page.items;
    }
  }

  return {
    library: find,
    async unmatched(account, library, call) {
      const found: UpstreamItem[] = [];
      for await (const item of itemsOf(account, library, call)) if (!hasIds(item.ids) && !hasIds(item.show?.ids)) found.push(item);
      return found;
    },
    async mismatched(account, library, { method, below, ...call }) {
      const found: Mismatch[] = [];
      const seen = new Set<string>();
      for await (const item of itemsOf(account, library, call)) {
        const key = groupOf(item);
        if (seen.has(key)) continue;
        seen.add(key);
        const title = item.show?.title ?? item.title;
        const compared = matchNames(pathsOf(item), titlesOf(title, item.show?.year ?? item.year), method);
        if (compared && compared.percent < below) found.push({ item, title, ...compared });
      }
      return found;
    },
    async ids(account, library, { signal }) {
      const server = await connections.connect(account);
      const ids = new Set<string>();
      for await (const page of server.readLibrary(library, { signal, pageSize: PAGE })) {
        for (const item of page.items) ids.add(item.upstreamId);
        for (const { upstreamId } of page.skipped) if (upstreamId !== undefined) ids.add(upstreamId);
      }
      return ids;
    },
  };
}

const pathsOf = ({ files }: UpstreamItem): readonly string[] => files.map(({ path }) => path);
const titlesOf = (title: string, year: number | undefined): readonly string[] =>
  year === undefined ? [title] : [title, `${title} ${year}`];

/** A series is called by its folder; looking at each of its episodes would say the same a hundred times. */
function groupOf(item: UpstreamItem): string {
  const folders = pathsOf(item).map((path) =>
    path
      .split(/[\\/]+/)
      .slice(0, -2)
      .join('/'),
  );
  return item.show === undefined ? item.upstreamId : `${item.show.upstreamId} ${folders.join()}`;
}
