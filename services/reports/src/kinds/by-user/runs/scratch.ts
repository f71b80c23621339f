import type { FileHandle } from 'node:fs/promises';
import { openNamelessFile } from '@weir/archive/nameless-file';
import type { Run } from './run.ts';

const BLOCK_BYTES = 128 * 1024;

/** Room for runs on the disk. */
export interface Scratch {
  /** Writes a run into a file of its own. */
  write(blocks: Iterable<Buffer> | AsyncIterable<Buffer>): Promise<Run>;
  /** Gives back everything. */
  close(): Promise<void>;
}

/** Runs are in files without names. */
export function openScratch(): Scratch {
  const handles = new Set<FileHandle>();
  return {
    async write(blocks) {
      const handle = await openNamelessFile();
      handles.add(handle);
      let bytes = 0;
      for await (const written of blocks) {
        await handle.writeFile(written);
        bytes += written.length;
      }
      return {
        bytes,
        blockBytes: BLOCK_BYTES,
        read: async (from, into) => {
          const { bytesRead } = await handle.read(into, 0, into.length, from);
          if (bytesRead < into.length) throw new Error(`a run of ${bytes} bytes has none at ${from + bytesRead}`);
        },
        close: async () => {
          if (handles.delete(handle)) await handle.close();
        },
      };
    },

    async close() {
      const open = [...handles];
      handles.clear();
      await Promise.all(open.map((handle) => handle.close()));
    },
  };
}
