// Checks the part of the house style that Biome cannot check: the order of functions in a file, the braces of short
// statements, and names of folders. Prints each line to correct, and then ends with 1. `npm run lint` runs it.
import { globSync, readFileSync } from 'node:fs';
import { basename, join, sep } from 'node:path';

const SOURCES = '{bench,packages,scripts,services,tests}/**/*.{ts,mjs}';
const NOT_OURS = /^(node_modules|dist-types|coverage|\..+)$/;
const SAYS_NOTHING = /^(common|helpers?|misc|test-support|utils?)$/;

const LINE_WIDTH = 120;
const HEADER = /^( *)(?:if|for|for await|while) \(.*\)( \{)?$/;
const BEGINS_MORE = /^(?:if|for|while|do|switch|try|const|let|class|function|\/\/|\/\*)/;
const DECLARATION = /^(export )?(?:abstract )?(?:(?:async )?function\*?|class) (\w+)/;

/** Every breach of the style in the files below `root`, as `file:line: correction`. */
export function findBreaches(root) {
  return globSync(SOURCES, { cwd: root, exclude: (name) => NOT_OURS.test(basename(name)) })
    .map((file) => file.split(sep).join('/'))
    .sort()
    .flatMap((file) => [
      ...folderBreaches(file),
      ...sourceBreaches(file, readFileSync(join(root, file), 'utf8')).map(
        ([at, advice]) => `${file}:${at + 1}: ${advice}`,
      ),
    ]);
}

function folderBreaches(file) {
  const found = file
    .split('/')
    .slice(0, -1)
    .find((folder) => SAYS_NOTHING.test(folder));
  return found === undefined ? [] : [`${file}: name the folder ${found} by its contents, or name it testing`];
}

function sourceBreaches(file, text) {
  const lines = text.split('\n');
  return [...orderBreaches(file, lines), ...lines.flatMap((_, at) => braceBreaches(lines, at))];
}

/** Functions above the exported function, or class, that names the file. */
function orderBreaches(file, lines) {
  const declared = lines.flatMap((line, at) => {
    const [text, exported, name] = DECLARATION.exec(line) ?? [];
    return text === undefined
      ? []
      : [{ at, name, isExported: exported !== undefined, isClass: /\bclass\b/.test(text) }];
  });
  const main = declared.find((found) => found.isExported && kebabCase(found.name) === basename(file).split('.')[0]);
  const first = main ?? declared.find((found) => found.isExported);
  if (first === undefined) return [];
  return declared
    .filter((found) => found.at < first.at && !found.isClass)
    .map(({ at, name }) => [at, `move ${name} below ${first.name}, the main export of the file`]);
}

function kebabCase(name) {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();
}

function braceBreaches(lines, at) {
  const [header, indent, brace] = HEADER.exec(lines[at]) ?? [];
  if (header === undefined) return [];
  if (brace === undefined) return [[at, 'give the statement braces: it does not fit on the line']];
  const body = lines[at + 1]?.trim() ?? '';
  if (lines[at + 2] !== `${indent}}` || !body.endsWith(';') || BEGINS_MORE.test(body)) return [];
  const isShort = header.length - 1 + body.length <= LINE_WIDTH;
  return isShort ? [[at, 'leave the braces out: the statement fits on the line']] : [];
}

if (process.argv[1] === import.meta.filename) {
  const breaches = findBreaches(join(import.meta.dirname, '..'));
  for (const breach of breaches) console.log(breach);
  process.exitCode = breaches.length > 0 ? 1 : 0;
}
