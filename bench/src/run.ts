import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { parts } from './parts.ts';
import { replaceBlock } from './report/generated-blocks.ts';
import { markdownTable, type Report } from './report/table.ts';

const DOCS = new URL('../../docs/benchmarks.md', import.meta.url);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean', default: false }, quick: { type: 'boolean', default: false } },
});
const { write, quick } = values;
const unknown = positionals.filter((name) => !parts.some(({ letter, part }) => name === letter || name === part));
if (unknown.length > 0) throw new Error(`no such part: ${unknown.join(', ')}; there are ${names()}`);
if (write && quick) throw new Error('--quick is for a look: its figures do not go into the docs');

for (const { letter, part, run } of parts) {
  if (positionals.length > 0 && !positionals.includes(letter) && !positionals.includes(part)) continue;
  console.log(`\n## ${letter}: ${part}\n`);
  const report = await run({ quick });
  console.log(contentOf(report));
  if (write) await writeFile(DOCS, replaceBlock(await readFile(DOCS, 'utf8'), part, contentOf(report)));
}

function contentOf({ part, tables }: Report): string {
  const model = cpus()[0]?.model ?? 'unknown processor';
  const machine = `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${cpus().length} cores (${model})`;
  return [`\`npm run bench -- ${part}\`: ${machine}.`, ...tables.map(markdownTable)].join('\n\n');
}

function names(): string {
  return parts.map(({ letter, part }) => `${letter} (${part})`).join(', ');
}
