import { brokenBuildSentence, buildErrorsOf } from './build-errors.ts';
import { type BuiltFile, type BundleFolders, createBundleFolders } from './bundle-folders.ts';
import { oneAtATime } from './one-at-a-time.ts';

/** Builds one function, again and again. */
export interface FunctionBuild {
  /** Resolves with what was built, and has not been written. */
  rebuild(): Promise<{ readonly outputFiles: readonly BuiltFile[] }>;
}

/** What builds the functions of a service. */
export interface Bundler {
  readonly serviceDirPath: string;
  readonly workDirPath: string;
  readonly buildDirPath: string;
  /** The sources of the functions that are built at the start. */
  readonly firstEntries: readonly string[];
  /** The source of the function with this handler. */
  entryOf(handler: string): string;
  /** The same for the same source. */
  buildOf(entry: string): FunctionBuild;
  /** Called once at the start, and then at each change of a file. */
  bundle: () => Promise<void>;
}

/** What is needed for bundles that follow the changes of their files. */
export interface LiveBundlesDeps {
  readonly rootDir: string;
  /** Takes a line for the developer. */
  readonly say: (line: string) => void;
  /** Makes the error of a start at which a build is broken. */
  readonly failure: (sentence: string) => Error;
  readonly pauseMs?: number;
}

/** A function of which there has been a good build. */
interface LiveFunction {
  readonly build: FunctionBuild;
  readonly folders: BundleFolders;
}

/** An editor may empty a file before it writes it, and a checkout changes many files. */
const PAUSE_MS = 100;

/**
 * Builds each function when it is first needed, and then at each change; keeps the last good bundles of a service while a
 * build is broken, and says both ends of that. Returns what gives the folder from which the function with a handler loads: it is
 * another one after each build that changes the function, and no file in it ever changes. It rejects with one sentence while the
 * function's first build is broken.
 */
export function keepLastGoodBundles(bundler: Bundler, deps: LiveBundlesDeps): (handler: string) => Promise<string> {
  const { rootDir, say, failure, pauseMs = PAUSE_MS } = deps;
  const foldersOf = createBundleFolders(bundler.workDirPath, bundler.buildDirPath);
  const sentence = (reasons: readonly unknown[]): string =>
    brokenBuildSentence(reasons.flatMap(buildErrorsOf), { service: bundler.serviceDirPath, root: rootDir });
  const functions = new Map<string, Promise<LiveFunction>>();
  let isBroken = false;

  const buildFirst = async (entry: string): Promise<LiveFunction> => {
    const build = bundler.buildOf(entry);
    const folders = foldersOf(entry.replaceAll('/', '.'));
    await folders.publish((await build.rebuild()).outputFiles);
    return { build, folders };
  };
  const functionOf = (entry: string): Promise<LiveFunction> => {
    const known = functions.get(entry);
    if (known !== undefined) return known;
    const begun = buildFirst(entry).catch((error: unknown) => {
      functions.delete(entry);
      throw new Error(sentence([error]));
    });
    functions.set(entry, begun);
    return begun;
  };

  const rebuild = async (): Promise<void> => {
    // A first build that is under way may have read what has changed since.
    const settled = await Promise.allSettled(functions.values());
    const live = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const built = await Promise.allSettled(live.map(({ build }) => build.rebuild()));
    const reasons = built.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    const publish = async ({ folders }: LiveFunction, at: number): Promise<boolean> => {
      const one = built[at];
      return one?.status === 'fulfilled' && folders.publish(one.value.outputFiles);
    };
    const failed = (error: unknown): boolean[] => {
      reasons.push(error);
      return [];
    };
    const areNew = reasons.length > 0 ? [] : await Promise.all(live.map(publish)).catch(failed);
    if (reasons.length > 0) say(`× ${sentence(reasons)}. Calls still get the last good build`);
    else if (isBroken || areNew.includes(true)) say('✔ Built again: calls get the new code from now on');
    isBroken = reasons.length > 0;
  };

  bundler.bundle = async () => {
    await Promise.all(bundler.firstEntries.map(functionOf)).catch((error: Error) => {
      throw failure(error.message);
    });
    bundler.bundle = oneAtATime(rebuild, pauseMs);
  };
  return async (handler) => {
    const { folders } = await functionOf(bundler.entryOf(handler));
    return folders.current();
  };
}
