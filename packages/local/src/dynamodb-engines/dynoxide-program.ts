import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Where npm put dynoxide; undefined where there is none for this system. */
export function findDynoxide(): string | undefined {
  const name = process.platform === 'win32' ? 'dynoxide.exe' : 'dynoxide';
  try {
    const manifest = `@dynoxide/${process.platform}-${process.arch}/package.json`;
    return join(dirname(createRequire(import.meta.url).resolve(manifest)), name);
  } catch {
    return undefined;
  }
}
