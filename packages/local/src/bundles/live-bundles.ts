import { brokenBuildSentence, buildErrorsOf } from './build-errors.ts';
import type { BuiltFile } from './bundle-folders.ts';
import { createBundleFolders } from './bundle-folders.ts';
import { oneAtATime } from './one-at-a-time.ts';

/** What esbuild has built, without having written it. */
interface Built {
  readonly outputFiles: readonly BuiltFile[];
}

/** The part of serverless-esbuild that is needed. Under its `watch`, each changed file calls `bundle`. */
export interface Bundler {
  readonly serviceDirPath: string;
  readonly workDirPath: string;
  readonly buildDirPath: string;
  /** By entry point; there after the first `bundle`. */
  readonly buildCache: Readonly<
    Record<string, { readonly result: Built; readonly context: { rebuild(): Promise<Built> } }>
  >;
  bundle: () => Promise<void>;
  /** Ends all functions, after a build. */
  notifyServerlessOffline: () => void;
}

/** What is needed for bundles that follow the changes of their files. */
export interface LiveBundlesDeps {
  readonly rootDir: string;
  /** Takes a line for the developer. */
  readonly say: (line: string) => void;
  /** Makes the error of a first build that is broken. */
  readonly failure: (sentence: string) => Error;
  readonly pauseMs?: number;
}

/** An editor may empty a file before it writes it, and a checkout changes many files. */
const PAUSE_MS = 100;

/**
 * Keeps the last good bundles of a service while a build is broken, and says both ends of that. Returns the folder from which
 * functions load: it is another one after each good build, and no file in it ever changes.
 */
export function keepLastGoodBundles(bundler: Bundler, deps: LiveBundlesDeps): () => string | undefined {
  const { rootDir, say, failure, pauseMs = PAUSE_MS } = deps;
  const folders = createBundleFolders(bundler.workDirPath, bundler.buildDirPath);
  const sentence = (reasons: readonly unknown[]): string =>
    brokenBuildSentence(reasons.flatMap(buildErrorsOf), { service: bundler.serviceDirPath, root: rootDir });
  let isBroken = false;

  const rebuild = async (): Promise<void> => {
    const built = await Promise.allSettled(Object.values(bundler.buildCache).map(({ context }) => context.rebuild()));
    const reasons = built.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    const failed = (error: unknown): false => {
      reasons.push(error);
      return false;
    };
    const files = built.flatMap((one) => (one.status === 'fulfilled' ? one.value.outputFiles : []));
    const isNew = reasons.length === 0 && (await folders.publish(files).catch(failed));
    if (reasons.length > 0) say(`× ${sentence(reasons)}. Calls still get the last good build`);
    else if (isNew || isBroken) say('✔ Built again: calls get the new code from now on');
    isBroken = reasons.length > 0;
  };

  const first = bundler.bundle;
  bundler.bundle = async () => {
    await first().catch((error: unknown) => {
      throw failure(sentence([error]));
    });
    await folders.publish(Object.values(bundler.buildCache).flatMap(({ result }) => result.outputFiles));
    bundler.bundle = oneAtATime(rebuild, pauseMs);
  };
  // Each function takes the new folder with its next call. A call that runs goes on.
  bundler.notifyServerlessOffline = () => {};
  return folders.current;
}
