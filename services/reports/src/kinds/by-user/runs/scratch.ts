import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Run } from './run.ts';

const BLOCK_BYTES = 128 * 1024;

/** Room for runs on the disk. */
export interface Scratch {
  /** Writes a run into a file of its own. */
  write(blocks: Iterable<Buffer> | AsyncIterable<Buffer>): Promise<Run>;
  /** Gives back everything. */
  close(): Promise<void>;
}

/**
 * Files without a name: they disappear with their handles, also when the process dies, so that a function which runs out
 * of time leaves nothing to the next one in its sandbox.
 */
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

async function openNamelessFile(): Promise<FileHandle> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-'));
  try {
    return await open(join(folder, 'run'), 'wx+');
  } finally {
    await rm(folder, { recursive: true });
  }
}
