/** What a look at one path found. A folder that holds nothing is `empty`: so looks a disk that is not mounted. */
export type Sight = 'there' | 'empty' | 'absent' | 'unreadable';

/** Unknown removes nothing and accuses nobody: the disk may be away, or be mounted elsewhere. */
export type FileStanding = 'there' | 'missing' | 'unknown';

/** A file is missing only where what it lay on is there. */
export function fileStanding(file: Sight, root: Sight): FileStanding {
  if (file === 'there') return 'there';
  if (file === 'unreadable') return 'unknown';
  return root === 'there' ? 'missing' : 'unknown';
}

/**
 * The same for many files, in their order: where a root has several, and not one of them is there, it is missing as a whole, whatever else
 * lies in it (a mapping that points to the wrong folder, a share of another name). A root that nobody looked at counts as unreadable.
 */
export function fileStandings<File extends Readonly<{ root: string; sight: Sight }>>(
  files: readonly File[],
  roots: ReadonlyMap<string, Sight>,
): readonly Readonly<{ file: File; standing: FileStanding }>[] {
  const gone = new Set(
    [...Map.groupBy(files, (file) => file.root)].flatMap(([root, all]) =>
      all.length > 1 && all.every((file) => file.sight !== 'there') ? [root] : [],
    ),
  );
  return files.map((file) => {
    const standing = fileStanding(file.sight, roots.get(file.root) ?? 'unreadable');
    return { file, standing: standing === 'missing' && gone.has(file.root) ? 'unknown' : standing };
  });
}
