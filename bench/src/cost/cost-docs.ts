import { replaceBlock } from '../report/generated-blocks.ts';
import { markdownTable, type Report } from '../report/table.ts';
import { costReports, idleReport, parametersReport } from './cost-report.ts';
import type { Counts } from './counts.ts';

/** The pages with figures in dollars, and what stands in each. */
export function costBlocks(counts: Counts): readonly (readonly [page: string, report: Report])[] {
  return [
    ...costReports(counts).map((report) => ['docs/cost.md', report] as const),
    ['docs/cost.md', idleReport(counts)],
    ['docs/stages.md', idleReport(counts)],
    ['docs/stages.md', parametersReport(counts)],
  ];
}

/** A page with its figures as they are now. */
export function withFigures(page: string, text: string, counts: Counts): string {
  return costBlocks(counts)
    .filter(([name]) => name === page)
    .reduce((changed, [, { part, tables }]) => {
      const said = `\`npm run cost\`, from requests counted on ${counts.on}.`;
      return replaceBlock(changed, part, [said, ...tables.map(markdownTable)].join('\n\n'));
    }, text);
}
