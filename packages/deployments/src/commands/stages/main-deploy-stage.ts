import { runCommand } from '@weir/command-line';
import { deployStage } from '../../stages/deploy-stage.ts';
import { createStageDeps } from '../../stages/stage-deps.ts';

const HELP = `Usage: npm run deploy-stage -- --artifacts DIR --stage STAGE [--region REGION] [--anew]

Deploys all services of a stage, in order, from what npm run package-stages made. It needs AWS credentials.

  --artifacts DIR  the directory with an artifact for each service
  --stage STAGE    the stage; the artifacts must have been packaged for it
  --region REGION  the region; without it AWS_REGION, or us-east-1
  --anew           removes a stage that CloudFormation cannot update, with its data, and makes it anew; not one that keeps
                   its data`;

await runCommand(
  {
    help: HELP,
    required: ['artifacts', 'stage'],
    options: {
      artifacts: { type: 'string' },
      stage: { type: 'string' },
      region: { type: 'string', default: process.env.AWS_REGION ?? 'us-east-1' },
      anew: { type: 'boolean' },
    },
    run: async ({ values }) => {
      await deployStage({ ...createStageDeps(values.region), now: () => Date.now() }, values);
      process.stdout.write(`The stage ${values.stage} is deployed\n`);
      return 0;
    },
  },
  process.argv.slice(2),
);
