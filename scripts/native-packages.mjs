// The files of a package with a binary that Lambda needs: npm installs only the binary of its own machine.

/** Lambda's machine, in the words of package.json files. */
export const PLATFORM = { os: 'linux', cpu: 'arm64', libc: 'glibc' };

/**
 * A lock file with only some packages, their dependencies and their binaries for Lambda, with the same versions and
 * hashes. The binaries stay optional, as npm applies `--cpu` only to optional packages; `isInstalled` checks whether
 * they are there.
 */
export function lockOf(packages, ...names) {
  const found = {};
  const visit = (path) => {
    if (path === undefined || found[path] !== undefined) return;
    const { optionalDependencies, ...entry } = packages[path];
    found[path] = entry;
    for (const dependency of Object.keys(entry.dependencies ?? {})) visit(locate(packages, path, dependency));
  };
  const binaries = names.flatMap((name) => binariesOf(packages, name));
  for (const wanted of [...names, ...binaries]) visit(`node_modules/${wanted}`);
  const versionsOf = (wanted) =>
    Object.fromEntries(wanted.map((name) => [name, packages[`node_modules/${name}`].version]));
  const manifest = {
    name: 'native',
    private: true,
    dependencies: versionsOf(names),
    optionalDependencies: versionsOf(binaries),
  };
  const lock = { name: 'native', lockfileVersion: 3, requires: true, packages: { '': manifest, ...found } };
  return { manifest, lock };
}

function binariesOf(packages, name) {
  const root = `node_modules/${name}`;
  return Object.keys(packages[root].optionalDependencies ?? {}).filter((binary) => {
    const path = locate(packages, root, binary);
    return path !== undefined && packages[path].cpu !== undefined && suits(packages[path]);
  });
}

/** Finds another package as Node does: below the package itself, or below any folder above it. */
function locate(packages, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (packages[path] !== undefined) return path;
    if (folder === '') return undefined;
  }
}

function suits({ os, cpu, libc }) {
  const all = [
    [os, PLATFORM.os],
    [cpu, PLATFORM.cpu],
    [libc, PLATFORM.libc],
  ];
  return all.every(([allowed, wanted]) => allowed === undefined || allowed.includes(wanted));
}

/** Whether all packages of a lock file are installed. `installed` is the lock file that npm writes at the end. */
export function isInstalled({ lock }, installed) {
  const paths = Object.keys(lock.packages).filter((path) => path !== '');
  return paths.every((path) => installed?.packages?.[path]?.integrity === lock.packages[path].integrity);
}
