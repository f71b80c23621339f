import { readLocalFile } from '@weir/local/local-file';
import { createLambdaInvoke } from './aws/lambda-invoke.ts';
import { OPS_HELP, parseCommand } from './commands/parse-command.ts';
import { type Invoke, runReport } from './commands/run-report.ts';

/** Functions of the stage of this machine, or of one in the caller's account. */
function invokeOf(stage: string): Invoke {
  if (stage !== 'local') return createLambdaInvoke({});
  const local = readLocalFile();
  if (!local) return async () => ({ kind: 'unreached', message: 'npm start does not run' });
  const credentials = { accessKeyId: 'ops', secretAccessKey: 'local' };
  return createLambdaInvoke({ endpoint: local.awsUrl, region: local.region, credentials });
}

const parsed = parseCommand(process.argv.slice(2));
if (parsed.outcome === 'help') process.stdout.write(`${OPS_HELP}\n`);
else if (parsed.outcome === 'wrong') {
  process.stderr.write(`${parsed.problem}\n`);
  process.exitCode = 1;
} else {
  const { isDone, text } = await runReport(invokeOf(parsed.command.stage), parsed.command);
  (isDone ? process.stdout : process.stderr).write(`${text}\n`);
  process.exitCode = isDone ? 0 : 1;
}
