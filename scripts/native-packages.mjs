// What Lambda needs of a package with a binary: npm installs only the binary of the machine that it runs on.

/** Lambda's machine, as package.json files name it. */
export const PLATFORM = { os: 'linux', cpu: 'arm64', libc: 'glibc' };

/**
 * The part of a lock file that is a package, its dependencies and its binaries for Lambda: a lock file of its own, with
 * the same versions and hashes. The binaries stay optional, as npm looks at `--cpu` for no other kind: `isInstalled` tells
 * whether they are there.
 */
export function lockOf(packages, name) {
  const found = {};
  const visit = (path) => {
    if (path === undefined || found[path] !== undefined) return;
    const { optionalDependencies, ...entry } = packages[path];
    found[path] = entry;
    for (const dependency of Object.keys(entry.dependencies ?? {})) visit(locate(packages, path, dependency));
  };
  const root = `node_modules/${name}`;
  const binaries = Object.keys(packages[root].optionalDependencies ?? {}).filter((binary) => {
    const path = locate(packages, root, binary);
    return path !== undefined && packages[path].cpu !== undefined && suits(packages[path]);
  });
  for (const wanted of [name, ...binaries]) visit(`node_modules/${wanted}`);
  const versionsOf = (names) =>
    Object.fromEntries(names.map((wanted) => [wanted, packages[`node_modules/${wanted}`].version]));
  const manifest = {
    name: 'native',
    private: true,
    dependencies: versionsOf([name]),
    optionalDependencies: versionsOf(binaries),
  };
  const lock = { name: 'native', lockfileVersion: 3, requires: true, packages: { '': manifest, ...found } };
  return { manifest, lock };
}

/** Where a package finds another: below itself, or below any folder above. */
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

/** Whether everything of a lock file is installed; `installed` is the lock file that npm leaves when it is done. */
export function isInstalled({ lock }, installed) {
  const paths = Object.keys(lock.packages).filter((path) => path !== '');
  return paths.every((path) => installed?.packages?.[path]?.integrity === lock.packages[path].integrity);
}
