import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { link, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

/** A file that was built. */
export interface BuiltFile {
  /** Where the builder would put it. */
  readonly path: string;
  readonly contents: Uint8Array;
  readonly hash: string;
}

/** The folders of the bundle of one function in one process, a folder for each build. */
export interface BundleFolders {
  /** The newest; an error before the first build. */
  current(): string;
  /** Makes a folder of everything that was built, and then the newest of it; false if the newest has the same files. */
  publish(files: readonly BuiltFile[]): Promise<boolean>;
}

/** Calls of older builds may still run, and load files late. */
const KEPT = 3;

/**
 * Returns what begins the folders of a function, below `workDir`; its files would be below `buildDir`. Folders of processes
 * that are gone are removed.
 */
export function createBundleFolders(
  workDir: string,
  buildDir: string,
  pid = process.pid,
): (name: string) => BundleFolders {
  mkdirSync(workDir, { recursive: true });
  removeForsaken(workDir, pid);
  const all = new Set<string>();
  const remove = (folder: string): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', () => all.forEach(remove));
  return (name) => {
    const folders: string[] = [];
    let newest = new Map<string, string>();
    let count = 0;
    return {
      current: () => {
        const folder = folders.at(-1);
        if (folder === undefined) throw new Error(`There is no build of ${name} yet`);
        return folder;
      },
      publish: async (files) => {
        const hashes = new Map(files.map(({ path, hash }) => [relative(buildDir, path), hash]));
        if (isSame(hashes, newest)) return false;
        count += 1;
        const folder = join(workDir, `${pid}-${name}-${count}`);
        all.add(folder);
        const write = async ({ path, contents, hash }: BuiltFile): Promise<void> => {
          const own = relative(buildDir, path);
          const target = join(folder, own);
          await mkdir(dirname(target), { recursive: true });
          // Nothing ever writes into a file of a folder again, and so two folders may share it.
          const same = newest.get(own) === hash ? folders.at(-1) : undefined;
          await (same === undefined ? writeFile(target, contents) : link(join(same, own), target));
        };
        await Promise.all(files.map(write));
        newest = hashes;
        folders.push(folder);
        const old = folders.length > KEPT ? folders.shift() : undefined;
        if (old === undefined) return true;
        all.delete(old);
        remove(old);
        return true;
      },
    };
  };
}

function isSame(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  return one.size === other.size && [...one].every(([name, hash]) => other.get(name) === hash);
}

function removeForsaken(workDir: string, own: number): void {
  for (const name of readdirSync(workDir)) {
    const [, pid] = /^(\d+)-(?:.*-)?\d+$/.exec(name) ?? [];
    if (pid === undefined || (Number(pid) !== own && isAlive(Number(pid)))) continue;
    rmSync(join(workDir, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
