import { clientConfig } from '@weir/local/client-config';
import { createLambdaInvoke } from './aws/lambda-invoke.ts';
import { createOpenNotificationQueues, createOpenQueues } from './aws/open-queues.ts';
import { NOT_RUNNING } from './commands/call-function.ts';
import type { Invoke } from './commands/invoke.ts';
import { OPS_HELP, type OpsCommand, parseCommand } from './commands/parse-command.ts';
import { runAudit } from './commands/run-audit.ts';
import { runNotificationsRedrive, runRedrive } from './commands/run-redrive.ts';
import { type OpsResult, runReport } from './commands/run-report.ts';

/** What goes on is not the result: that alone is standard output. */
const tell = (sentence: string) => void process.stderr.write(`${sentence}\n`);

async function run(command: OpsCommand): Promise<OpsResult> {
  const config = clientConfig(command.stage, 'ops');
  const invoke: Invoke = config
    ? createLambdaInvoke(config)
    : async () => ({ kind: 'unreached', message: 'npm start does not run' });
  if (command.name === 'report') return runReport(invoke, command);
  if (command.name === 'audit') return runAudit({ invoke, tell }, command);
  if (command.name === 'redrive-notifications') {
    const openQueues = config ? createOpenNotificationQueues(config) : async () => NOT_RUNNING;
    return runNotificationsRedrive({ invoke, openQueues }, command.stage);
  }
  const openQueues = config ? createOpenQueues(config) : async () => NOT_RUNNING;
  return runRedrive({ invoke, openQueues }, command);
}

const parsed = parseCommand(process.argv.slice(2));
if (parsed.outcome === 'help') process.stdout.write(`${OPS_HELP}\n`);
else if (parsed.outcome === 'wrong') {
  process.stderr.write(`${parsed.problem}\n`);
  process.exitCode = 1;
} else {
  const { isDone, text } = await run(parsed.command);
  (isDone ? process.stdout : process.stderr).write(`${text}\n`);
  process.exitCode = isDone ? 0 : 1;
}
