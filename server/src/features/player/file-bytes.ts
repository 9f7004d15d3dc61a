import { open } from 'node:fs/promises';

/** A file that is read here and there. */
export type FileBytes = Readonly<{
  size: number;
  /** Fewer bytes than asked for at the end of the file. */
  read(at: number, length: number): Promise<Buffer>;
}>;

/** Opens the file for as long as `work` takes. */
export async function withBytes<T>(path: string, work: (file: FileBytes) => Promise<T>): Promise<T> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    return await work({
      size,
      async read(at, length) {
        const wanted = Math.max(0, Math.min(length, size - at));
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(wanted), 0, wanted, at);
        return buffer.subarray(0, bytesRead);
      },
    });
  } finally {
    await handle.close();
  }
}
