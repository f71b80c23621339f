import type { StackDrift } from './detect-drift.ts';

/** What was found, in Markdown: for the summary of a run, or a terminal. */
export function describeDrift(stage: string, stacks: readonly StackDrift[]): string {
  const unseen = [...new Set(stacks.flatMap((stack) => stack.unseen))].toSorted();
  return [
    `## Drift of ${stage}`,
    '',
    '| stack | compared | differ |',
    '|---|---:|---|',
    ...stacks.map(({ stack, compared, drifted, failure }) => {
      const found = [...drifted.map(nameOf), ...(failure === undefined ? [] : [oneLine(failure)])];
      const what = compared === undefined ? '**there is no such stack**' : found.join('<br>') || 'none';
      return `| ${stack} | ${compared ?? ''} | ${what} |`;
    }),
    '',
    'Only properties that the template names are compared, and none of what a stack does not have: something new that',
    'was made by hand is not seen.',
    ...(unseen.length === 0 ? [] : [`CloudFormation cannot compare ${unseen.join(', ')}.`]),
  ].join('\n');
}

function nameOf({ logicalId, type, status, differences }: StackDrift['drifted'][number]): string {
  const paths = differences.length === 0 ? '' : `: ${differences.join(', ')}`;
  return oneLine(`**${logicalId}** (${type}) ${status}${paths}`);
}

/** A cell of a table is one line, and ends at a bar. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|');
}
