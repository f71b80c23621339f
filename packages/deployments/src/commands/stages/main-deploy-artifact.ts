import { join, resolve } from 'node:path';
import { runCommand } from '@weir/command-line';
import { deployArtifact } from '../../artifact/deploy-artifact.ts';
import { runServerless } from '../../artifact/run-serverless.ts';

const SERVICES_DIR = resolve(import.meta.dirname, '../../../../../services');
const HELP = `Usage: npm run deploy-artifact -- --artifact DIR --stage STAGE [--region REGION] [--all-at-once] [-- OPTIONS]

Deploys what was packaged before. The same directory can be deployed again, also after another one: so a stage is rolled
back. It needs AWS credentials.

  --artifact DIR   a directory that serverless package --package made, for this stage
  --stage STAGE    the stage; the directory must have been packaged for it
  --region REGION  the region; without it AWS_REGION, or us-east-1
  --all-at-once    new versions of functions get all calls at once: no part of them first, no try before, no alarm that
                   takes them back. For a fix that a canary would stop
  OPTIONS          further options of serverless deploy`;

await runCommand(
  {
    help: HELP,
    required: ['artifact', 'stage'],
    takesRest: true,
    options: {
      artifact: { type: 'string' },
      stage: { type: 'string' },
      region: { type: 'string', default: process.env.AWS_REGION ?? 'us-east-1' },
      'all-at-once': { type: 'boolean' },
    },
    run: ({ values: { 'all-at-once': allAtOnce, ...values }, rest }) => {
      const serverless = (service: string, args: readonly string[]) =>
        runServerless(args, { cwd: join(SERVICES_DIR, service), stdio: 'inherit' });
      return deployArtifact({ now: () => Date.now(), serverless }, { ...values, allAtOnce, options: rest });
    },
  },
  process.argv.slice(2),
);
