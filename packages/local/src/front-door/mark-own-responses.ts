import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { markOwnResponse } from './own-response.ts';

interface LambdaFunctionClass {
  readonly prototype: { runHandler(): Promise<unknown> };
}

/**
 * Makes the serverless-offline of this process mark what its functions answer. Its gateway answers errors of its own
 * (a crash, a time-out, no such route) that look like a function's, and adds headers to both; API Gateway does
 * neither, and the front door can only put that right where it knows which is which.
 */
export async function markOwnResponses(): Promise<void> {
  const main = createRequire(import.meta.url).resolve('serverless-offline');
  const file = join(dirname(main), 'lambda', 'LambdaFunction.js');
  const { default: lambdaFunction }: { default: LambdaFunctionClass } = await import(pathToFileURL(file).href);
  const { prototype } = lambdaFunction;
  const runHandler = prototype.runHandler;
  prototype.runHandler = async function () {
    return markOwnResponse(await runHandler.call(this));
  };
}
