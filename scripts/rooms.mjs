// Prints the folders ("rooms") of each package and service, with the number of files and the number of imports between
// them. Names the imports that close a circle, between files or between the folders of one package; then ends with 1.
//   npm run rooms
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

const SOURCES = '{packages,services}/*/src/**/*.ts';
/** Folders and files that only tests use. */
const OF_TESTS = /(\.test|\.contract)\.ts$|(^|\/)(testing|model)\//;
const IMPORT = /^(?:import|export)\b[^'";]*?\bfrom '(\.[^']+)'|\bimport\('(\.[^']+)'\)|^import '(\.[^']+)'/gm;

/** Every import of a file by another in the repository at `root`, as paths from `root`. Only of files that ship. */
export function readImports(root) {
  const files = globSync(SOURCES, { cwd: root }).map((file) => file.split(sep).join('/'));
  return files
    .filter((file) => !OF_TESTS.test(file))
    .sort()
    .map((file) => ({ file, imports: importsOf(root, file).filter((found) => !OF_TESTS.test(found)) }));
}

function importsOf(root, file) {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(IMPORT)].map(([, from, late, bare]) => {
    const target = relative(root, join(root, dirname(file), from ?? late ?? bare));
    return target.split(sep).join('/');
  });
}

/** The folder of a file. */
const roomOf = (file) => dirname(file);

/** For `packages/events/src/kpl/hash-key.ts`, `packages/events`. */
const packageOf = (file) => file.split('/').slice(0, 2).join('/');

/** Imports between the folders of one package, each named by the files of its first import. */
export function arrowsBetweenRooms(files) {
  const arrows = new Map();
  for (const { file, imports } of files) {
    for (const imported of imports) {
      const [from, to] = [roomOf(file), roomOf(imported)];
      if (from !== to && !arrows.has(`${from} ${to}`)) arrows.set(`${from} ${to}`, { from, to, file, imported });
    }
  }
  return [...arrows.values()];
}

/**
 * Imports that close a circle between files or rooms. Each of `edges` has `from`, `to`, and the files of its import.
 */
export function circlesOf(edges) {
  const next = Map.groupBy(edges, ({ from }) => from);
  const reaches = (start, goal) => {
    const seen = new Set([start]);
    for (const at of seen) {
      if (at === goal) return true;
      for (const { to } of next.get(at) ?? []) seen.add(to);
    }
    return false;
  };
  return edges.filter(({ from, to }) => reaches(to, from));
}

/** Imports between files, in the form of `arrowsBetweenRooms`. */
export function arrowsBetweenFiles(files) {
  return files.flatMap(({ file, imports }) => imports.map((to) => ({ from: file, to, file, imported: to })));
}

/** For each package: its rooms, the files in each, and the imports between rooms. */
export function describeRooms(files) {
  const arrows = arrowsBetweenRooms(files);
  return [...Map.groupBy(files, ({ file }) => packageOf(file))].map(([name, own]) => ({
    name,
    rooms: [...Map.groupBy(own, ({ file }) => roomOf(file))].map(([room, inside]) => [room, inside.length]),
    arrows: arrows.filter(({ file }) => packageOf(file) === name).length,
  }));
}

function print() {
  const files = readImports(join(import.meta.dirname, '..'));
  for (const { name, rooms, arrows } of describeRooms(files)) {
    console.log(`${name}: ${rooms.length} rooms, ${arrows} imports between rooms`);
    for (const [room, count] of rooms) {
      console.log(`  ${String(count).padStart(3)} ${relative(`${name}/src`, room) || '.'}`);
    }
  }
  const circles = [...circlesOf(arrowsBetweenFiles(files)), ...circlesOf(arrowsBetweenRooms(files))];
  for (const { from, to, file, imported } of circles) {
    console.log(`in a circle: ${from} -> ${to}${from === file ? '' : ` (${file} imports ${imported})`}`);
  }
  process.exitCode = circles.length > 0 ? 1 : 0;
}

if (process.argv[1] === import.meta.filename) print();
