import { parseArgs } from 'node:util';
import { localToken } from '../access/local-token.ts';
import { failedPartProblem } from '../emulators/failed-part.ts';
import { stateDir } from '../local-stage/state-dir.ts';
import { END_WITHIN_MS, endWithin } from '../processes/end-within.ts';
import { firstUncaught } from '../processes/first-uncaught.ts';
import { startLocalAws } from './start-local-aws.ts';

// Runs the local AWS as a program: `node local-aws/main.ts [--data-dir DIR] [--port-offset N] [--with-parent]`. With
// `--with-parent` it ends when its standard input ends: that happens when its parent ends, in whatever way.

const { values } = parseArgs({
  options: {
    'data-dir': { type: 'string' },
    'port-offset': { type: 'string', default: '0' },
    'with-parent': { type: 'boolean', default: false },
  },
});

const log = (line: string) => process.stderr.write(`aws: ${line}\n`);

const failed = firstUncaught().then(failedPartProblem);

try {
  const portOffset = Number(values['port-offset']);
  const starting = startLocalAws({ dataDir: values['data-dir'], portOffset, token: localToken(stateDir), log });
  const aws = await Promise.race([starting, failed.then((problem) => Promise.reject(new Error(problem)))]);
  log(`Ready at ${aws.url}, mails at ${aws.mailUrl}`);
  for (const notice of aws.notices()) log(notice);
  let ending = false;
  const end = async (exitCode: number) => {
    if (ending) return;
    ending = true;
    await endWithin(aws.close(), END_WITHIN_MS);
    process.exit(exitCode);
  };
  const endAsTold = () => void end(0);
  process.on('SIGINT', endAsTold).on('SIGTERM', endAsTold);
  if (values['with-parent']) process.stdin.on('end', endAsTold).on('error', endAsTold).resume();
  log(await Promise.race([aws.lost, failed]));
  await end(1);
} catch (error) {
  log(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
