import { runCommand } from '@weir/command-line';
import { removeStage } from '../../stages/remove-stage.ts';
import { createStageDeps } from '../../stages/stage-deps.ts';

const HELP = `Usage: npm run remove-stage -- --stage STAGE [--region REGION] [--confirm STAGE]

Removes all services of a stage, in order. If it fails, run it again: it goes on where it ended. It needs AWS credentials.

  --stage STAGE    the stage
  --region REGION  the region; without it AWS_REGION, or us-east-1
  --confirm STAGE  the stage again: needed for production, and for a stage that keeps its data`;

await runCommand(
  {
    help: HELP,
    required: ['stage'],
    options: {
      stage: { type: 'string' },
      region: { type: 'string', default: process.env.AWS_REGION ?? 'us-east-1' },
      confirm: { type: 'string' },
    },
    run: async ({ values: { stage, region, confirm: confirmed } }) => {
      await removeStage(createStageDeps(region), { stage, region, confirmed });
      process.stdout.write(`The stage ${stage} is removed\n`);
      return 0;
    },
  },
  process.argv.slice(2),
);
