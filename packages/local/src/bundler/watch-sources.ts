import { globSync } from 'node:fs';
import { watch } from 'chokidar';

/** Where the sources of a service are: its own, and the packages of this repository. */
const SOURCES = ['src', '../../packages/*/src'];

/** Calls `onChange` for each change of a TypeScript file; returns the end of that. */
export function watchSources(serviceDir: string, onChange: () => void): () => Promise<void> {
  const folders = globSync(SOURCES, { cwd: serviceDir });
  const isOther = (path: string, stats?: { isFile(): boolean }) => stats?.isFile() === true && !path.endsWith('.ts');
  const watcher = watch(folders, { cwd: serviceDir, ignoreInitial: true, ignored: isOther });
  watcher.on('all', onChange);
  return () => watcher.close();
}
