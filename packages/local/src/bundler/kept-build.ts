import { createHash } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import type { BuildContext, BuildOptions, Metafile } from 'esbuild';
import type { BuiltFile } from '../bundles/bundle-folders.ts';
import { createFileStamps, type FileStamps } from './file-stamps.ts';
import { readKeptFiles, writeKeptFiles } from './kept-files.ts';

/** Files that decide how esbuild reads the sources beside and below them. */
const SETTINGS = ['package.json', 'tsconfig.json', 'tsconfig.base.json'];
/** The clock of a file system may be behind ours. */
const SLACK_MS = 20;
/** esbuild's name for a module that `browser` in a package.json switches off. */
const DISABLED = /^\(disabled\):/;

/** What a build has made. */
export interface BuildOutcome {
  readonly outputFiles: readonly BuiltFile[];
}

/** A build that can be repeated. */
export interface KeptBuild {
  /** Looks at the files now, unless it is given stamps of other builds of the same moment. */
  rebuild(stamps?: FileStamps): Promise<BuildOutcome>;
  /** Lets esbuild end. */
  dispose(): Promise<void>;
}

/** What is built, and where it is kept. */
export interface KeptBuildSettings {
  readonly options: BuildOptions & { readonly absWorkingDir?: string; readonly write: false };
  /** The file in which the build is kept. */
  readonly file: string;
  /** The repository, whose packages npm has installed. */
  readonly rootDir: string;
}

/**
 * A build that esbuild does only if a file has changed since the last time, in this process or an earlier one. Otherwise it
 * gives the same files again, and esbuild is not even started.
 */
export function createKeptBuild({ options, file, rootDir }: KeptBuildSettings): KeptBuild {
  const base = options.absWorkingDir ?? process.cwd();
  let made: Promise<BuildContext<{ write: false; metafile: true }>> | undefined;
  const dispose = async (): Promise<void> => {
    const last = made;
    made = undefined;
    await (await last)?.dispose();
  };
  return {
    rebuild: async (stamps = createFileStamps()) => {
      const key = keyOf(options, stamps.contentOf(join(rootDir, 'node_modules/.package-lock.json')));
      const kept = await readKeptFiles(file);
      if (kept?.key === key && isUnchanged(kept.inputs, stamps)) return { outputFiles: kept.outputs };
      const began = Date.now();
      // Loaded late: most starts need no build.
      const { context } = await loadEsbuild();
      made ??= context({ ...options, metafile: true });
      const { outputFiles, metafile } = await (await made).rebuild().catch(async (error: Error) => {
        // esbuild would keep this process alive for a context that nobody uses after a failed start.
        await dispose();
        throw error;
      });
      const paths = inputsOf(metafile, base, rootDir);
      // A file that changed in the meantime may have been read before or after that.
      if (!paths.some((path) => stamps.changedAt(path) >= began - SLACK_MS)) {
        const inputs = Object.fromEntries(paths.map((path) => [path, stamps.stampOf(path)]));
        writeKeptFiles(file, { key, inputs, outputs: outputFiles });
      }
      return { outputFiles };
    },
    dispose,
  };
}

/** esbuild uses a quarter less CPU when it collects garbage less often. */
function loadEsbuild(): Promise<typeof import('esbuild')> {
  process.env.GOGC ??= '400';
  return import('esbuild');
}

function isUnchanged(inputs: Readonly<Record<string, string>>, stamps: FileStamps): boolean {
  return Object.entries(inputs).every(([path, stamp]) => stamps.stampOf(path) === stamp);
}

/** A plugin of esbuild is told by its code. */
function keyOf(options: BuildOptions, installed: string): string {
  const { plugins = [], ...others } = options;
  const setups = plugins.map(({ name, setup }) => `${name} ${setup}`);
  return createHash('sha256')
    .update(JSON.stringify([installed, others, setups]))
    .digest('hex');
}

/** Every file on which the build depends. */
function inputsOf({ inputs }: Metafile, base: string, rootDir: string): readonly string[] {
  const sources = Object.keys(inputs).map((path) => resolve(base, path.replace(DISABLED, '')));
  const own = sources.filter((path) => !path.includes('/node_modules/'));
  const folders = new Set(own.flatMap((path) => foldersUpTo(rootDir, dirname(path))));
  // A file of settings that is missing now may be there the next time.
  return [...sources, ...[...folders].flatMap((folder) => SETTINGS.map((name) => join(folder, name)))];
}

function foldersUpTo(rootDir: string, folder: string): string[] {
  const root = resolve(rootDir);
  const parent = dirname(folder);
  return folder === root || parent === folder ? [folder] : [folder, ...foldersUpTo(root, parent)];
}
