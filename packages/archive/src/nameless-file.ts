import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Opens a file that disappears with its handle, also when the process dies: a function that runs out of time leaves
 * nothing to the next one in its sandbox.
 */
export async function openNamelessFile(): Promise<FileHandle> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-'));
  try {
    return await open(join(folder, 'file'), 'wx+');
  } finally {
    await rm(folder, { recursive: true });
  }
}
