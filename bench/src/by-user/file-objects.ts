import { createHash } from 'node:crypto';
import { access, mkdir, open, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ByUserDeps } from '@weir/reports/src/kinds/by-user/by-user-kind.ts';

/** A bucket in a folder, so that what it holds is not in the memory that is measured. */
export function openFileObjects(folder: string): ByUserDeps['files'] {
  const pathOf = async (key: string) => {
    const path = join(folder, key);
    await mkdir(dirname(path), { recursive: true });
    return path;
  };
  return {
    put: async (key, bytes) => writeFile(await pathOf(key), bytes),
    create: async (key, bytes) => writeFile(await pathOf(key), bytes, { flag: 'wx' }).then(() => true),
    async find(key) {
      const path = await pathOf(key);
      const isThere = await access(path).then(
        () => true,
        () => false,
      );
      return isThere ? { bytes: await readFile(path), tag: '' } : undefined;
    },
    async putHashed(chunks, keyOf) {
      const hash = createHash('sha256');
      const path = join(folder, 'put');
      const file = await open(path, 'w');
      for await (const chunk of chunks) {
        hash.update(chunk);
        await file.writeFile(chunk);
      }
      await file.close();
      const sha256 = hash.digest('hex');
      await rename(path, await pathOf(keyOf(sha256)));
      return sha256;
    },
    async getRange(key, from, into) {
      const file = await open(join(folder, key));
      try {
        await file.read(into, 0, into.length, from);
      } finally {
        await file.close();
      }
    },
  };
}
