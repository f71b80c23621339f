import { join, resolve } from 'node:path';
import { deployArtifact } from './artifact/deploy-artifact.ts';
import { DEPLOY_HELP, parseCommand } from './artifact/parse-command.ts';
import { runServerless } from './artifact/run-serverless.ts';

const SERVICES = resolve(import.meta.dirname, '../../../services');

async function main(args: readonly string[]): Promise<number> {
  const command = parseCommand(args, process.env.AWS_REGION);
  if (command === 'help') {
    process.stdout.write(`${DEPLOY_HELP}\n`);
    return 0;
  }
  try {
    if (command instanceof Error) throw command;
    const serverless = (service: string, args: readonly string[]) =>
      runServerless(args, { cwd: join(SERVICES, service), stdio: 'inherit' });
    return await deployArtifact({ now: () => Date.now(), serverless }, command);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
