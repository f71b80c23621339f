import { parseArgs } from 'node:util';

/** A deployment that somebody asks for. */
export interface DeployCommand {
  /** A directory of `serverless package`. */
  readonly artifact: string;
  readonly stage: string;
  readonly region: string;
  /** Further options of `serverless deploy`. */
  readonly options: readonly string[];
}

export const DEPLOY_HELP = `Usage: npm run deploy-artifact -- --artifact DIR --stage STAGE [--region REGION] [-- OPTIONS]

Deploys what was packaged before. The same directory can be deployed again, also after another one: so a stage is rolled
back. It needs AWS credentials.

  --artifact DIR   a directory that serverless package --package made, for this stage
  --stage STAGE    the stage; the directory must have been packaged for it
  --region REGION  the region; without it AWS_REGION, or us-east-1
  OPTIONS          further options of serverless deploy`;

/** Reads the command line: the deployment, the help, or one sentence that says what is wrong. */
export function parseCommand(args: readonly string[], region = 'us-east-1'): DeployCommand | 'help' | Error {
  const end = args.indexOf('--');
  const own = end < 0 ? args : args.slice(0, end);
  const options = end < 0 ? [] : args.slice(end + 1);
  if (own.length === 0 || own.includes('--help') || own.includes('-h')) return 'help';
  try {
    const { values } = parseArgs({
      args: [...own],
      options: { artifact: { type: 'string' }, stage: { type: 'string' }, region: { type: 'string', default: region } },
    });
    const { artifact, stage } = values;
    if (!artifact || !stage) return new Error('--artifact DIR or --stage STAGE is missing; --help shows how');
    return { artifact, stage, region: values.region, options };
  } catch (error) {
    return new Error(`${(error as Error).message}. --help shows how`);
  }
}
