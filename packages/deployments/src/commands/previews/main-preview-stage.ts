import { runCommand } from '@weir/command-line';
import { previewStage } from '../../previews/preview-stage.ts';

const HELP = `Usage: npm run preview-stage -- NUMBER REPOSITORY

Prints the name of a pull request's stage. NUMBER is the number of the pull request, REPOSITORY the id of the repository at
GitHub.`;

await runCommand(
  {
    help: HELP,
    words: ['NUMBER', 'REPOSITORY'],
    run: ({ words: [number, repositoryId = ''] }) => {
      process.stdout.write(`${previewStage(Number(number), repositoryId)}\n`);
      return 0;
    },
  },
  process.argv.slice(2),
);
