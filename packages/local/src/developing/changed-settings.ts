import { globSync, unwatchFile, watchFile } from 'node:fs';
import { join } from 'node:path';

/** The files from which the framework makes a service. It reads them only when it starts. */
const SETTINGS = ['serverless.common.yml', '*.cjs', 'services/*/*.{yml,cjs}', 'services/*/resources/**/*.{yml,cjs}'];

const PAUSE_MS = 500;

/**
 * Calls `onChange` with the paths of settings files that have changed, once for changes that come together; returns the end
 * of that.
 */
export function watchSettings(
  rootDir: string,
  onChange: (paths: readonly string[]) => void,
  pauseMs = PAUSE_MS,
): () => void {
  const paths = globSync(SETTINGS, { cwd: rootDir });
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const report = (): void => {
    onChange([...changed].toSorted());
    changed.clear();
  };
  for (const path of paths) {
    watchFile(join(rootDir, path), { interval: pauseMs, persistent: false }, (now, before) => {
      if (now.mtimeMs === before.mtimeMs) return;
      changed.add(path);
      clearTimeout(timer);
      timer = setTimeout(report, pauseMs).unref();
    });
  }
  return () => {
    clearTimeout(timer);
    for (const path of paths) unwatchFile(join(rootDir, path));
  };
}
