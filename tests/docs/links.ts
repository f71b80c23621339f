import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** A link to a file of the repository, in one of its pages. */
export interface Link {
  /** The page, from the root. */
  readonly page: string;
  readonly text: string;
  /** The file, from the root. */
  readonly file: string;
  /** The heading after `#`, as GitHub names it. */
  readonly heading: string | undefined;
}

/** All pages for people: those of docs/, and the pages of the repository and its packages. */
export function pages(): readonly string[] {
  return globSync(['*.md', 'docs/**/*.md', 'packages/*/*.md'], { cwd: ROOT, exclude: ['**/node_modules/**'] });
}

/** The links of a page to files of the repository. Code in blocks has none. */
export function linksOf(page: string): readonly Link[] {
  const text = read(page).replaceAll(/```[\s\S]*?```/g, '');
  return [...text.matchAll(/\[((?:[^[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)/g)]
    .map(([, shown = '', target = '']) => ({ shown, target }))
    .filter(({ target }) => !/^[a-z]+:/.test(target))
    .map(({ shown, target }) => {
      const [path = '', heading] = target.split('#');
      const file = path === '' ? page : relative(ROOT, join(ROOT, dirname(page), path));
      return { page, text: shown, file, heading };
    });
}

/** What is wrong with a link, or undefined. A text in backticks must be in the code to which it leads, or in its path. */
export function problemOf({ page, text, file, heading }: Link): string | undefined {
  const path = join(ROOT, file);
  if (!existsSync(path)) return `${page}: there is no ${file}`;
  if (statSync(path).isDirectory()) return undefined;
  if (heading !== undefined && !headingsOf(file).has(heading)) return `${page}: ${file} has no heading #${heading}`;
  const symbol = /^`(.+)`$/.exec(text)?.[1];
  if (symbol === undefined || file.endsWith('.md') || file.includes(symbol)) return undefined;
  return read(file).includes(symbol) ? undefined : `${page}: ${file} does not have ${symbol}`;
}

function headingsOf(page: string): ReadonlySet<string> {
  const headings = read(page).matchAll(/^#{1,6} (.+)$/gm);
  return new Set([...headings].map(([, title = '']) => slugOf(title)));
}

/** As GitHub makes it: of the title without its markup. */
function slugOf(title: string): string {
  return title
    .replaceAll(/\]\([^)]*\)/g, '')
    .toLowerCase()
    .trim()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}
