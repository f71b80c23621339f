import { randomBytes } from 'node:crypto';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Call, InstanceAnswer, Outcome } from './lambda-messages.ts';

// The program inside an instance: Lambda's runtime, as far as our functions notice. It loads the function from its
// folder, and answers one event after the other.
const [folder = '', handler = ''] = process.argv.slice(2);
const root = pathToFileURL(`${folder}/`).href;
let loaded: string[] = [];

registerHooks({
  load(url, context, next) {
    if (url.startsWith(root)) loaded.push(url.slice(root.length));
    return next(url, context);
  },
});

type Handler = (event: unknown, context: object) => Promise<unknown>;

async function loadHandler(): Promise<Handler> {
  const at = handler.lastIndexOf('.');
  const module = await import(pathToFileURL(join(folder, `${handler.slice(0, at)}.mjs`)).href);
  return module[handler.slice(at + 1)];
}

const loading = loadHandler();

async function run({ event, requestId, deadlineMs }: Call): Promise<unknown> {
  const hex = (bytes: number) => randomBytes(bytes).toString('hex');
  process.env._X_AMZN_TRACE_ID = `Root=1-${hex(4)}-${hex(12)};Parent=${hex(8)};Sampled=1`;
  const name = process.env.AWS_LAMBDA_FUNCTION_NAME;
  return (await loading)(event, {
    awsRequestId: requestId,
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:${process.env.AWS_REGION}:000000000000:function:${name}`,
    memoryLimitInMB: '1024',
    getRemainingTimeInMillis: () => deadlineMs - Date.now(),
  });
}

function answer(outcome: Outcome): void {
  const { user, system } = process.cpuUsage();
  process.send?.({ outcome, loaded, cpuMs: (user + system) / 1000 } satisfies InstanceAnswer);
  loaded = [];
}

process.on('message', (call: Call) => {
  run(call).then(
    (value) => answer({ kind: 'returned', value }),
    ({ name, message, stack = '' }: Error) => answer({ kind: 'threw', name, message, stack }),
  );
});
// The process that started it is gone.
process.once('disconnect', () => process.exit());
