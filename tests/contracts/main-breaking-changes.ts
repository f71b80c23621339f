import { join } from 'node:path';
// Not by the package's name: CI runs this where nothing is installed.
import { runCommand } from '../../packages/command-line/src/index.ts';
import { commitBreaks } from './commit-breaks.ts';
import { BREAKING_LABEL, reportBreaks } from './report-breaks.ts';

const ROOT = join(import.meta.dirname, '../..');
const HELP = `Usage: npm run breaking-changes -- COMMIT [--labels LABELS]

Lists what callers of the API, producers of events, receivers of webhooks and clients of the live push could do or got at
COMMIT, and cannot do or do not get at HEAD. Compares the committed
files in docs/contracts. Fails if there is something, unless ${BREAKING_LABEL} is among the labels, which are separated by
commas.`;

await runCommand(
  {
    help: HELP,
    words: ['COMMIT'],
    options: { labels: { type: 'string', default: '' } },
    run: ({ values: { labels }, words: [commit = ''] }) => {
      const { text, problem } = reportBreaks(commitBreaks(ROOT, commit), labels);
      process.stdout.write(text);
      if (problem !== undefined) throw new Error(problem);
      return 0;
    },
  },
  process.argv.slice(2),
);
