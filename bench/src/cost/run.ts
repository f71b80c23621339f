import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { markdownTable } from '../report/table.ts';
import { costBlocks, withFigures } from './cost-docs.ts';
import { COUNTS } from './counts.ts';

const ROOT = new URL('../../../', import.meta.url);

// Prints what Weir costs, or with --write puts it into the pages.
const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });
const blocks = costBlocks(COUNTS);
if (values.write) {
  for (const page of new Set(blocks.map(([name]) => name))) {
    const file = new URL(page, ROOT);
    await writeFile(file, withFigures(page, await readFile(file, 'utf8'), COUNTS));
  }
} else {
  const tables = blocks.filter(([page]) => page === 'docs/cost.md').flatMap(([, report]) => report.tables);
  console.log(tables.map(markdownTable).join('\n\n'));
}
