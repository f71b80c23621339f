import { chmod, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

const OWNER_MAY_RUN = 0o100;

/**
 * Lets everybody read the files below a folder, and run those that their owner may run. A zip holds the modes of its
 * files: so it is the same under any umask, and Lambda can read it, which runs functions as another user.
 */
export async function levelModes(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  await Promise.all(
    files.map(async ({ parentPath, name }) => {
      const path = join(parentPath, name);
      const { mode } = await stat(path);
      await chmod(path, mode & OWNER_MAY_RUN ? 0o755 : 0o644);
    }),
  );
}
