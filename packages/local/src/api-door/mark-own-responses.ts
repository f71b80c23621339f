import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { answerOfAuthorizer, askedAbout, type CallsUnderWay, shareCall } from './own-authorizer.ts';
import { markOwnResponse } from './own-response.ts';

interface LambdaFunction {
  runHandler(): Promise<unknown>;
  setEvent(event: unknown): void;
}

/**
 * Makes the serverless-offline of this process mark the answers of its functions. Its gateway answers errors of its own
 * (a crash, a time-out, no such route) that look like a function's, and adds headers to both. API Gateway does neither.
 * The API's door can only correct this if it knows which answer is which. The same place tells an authorizer's failure
 * from a bad key.
 */
export async function markOwnResponses(): Promise<void> {
  const main = createRequire(import.meta.url).resolve('serverless-offline');
  const file = join(dirname(main), 'lambda', 'LambdaFunction.js');
  const { default: lambdaFunction }: { default: { prototype: LambdaFunction } } = await import(
    pathToFileURL(file).href
  );
  const { prototype } = lambdaFunction;
  const { runHandler, setEvent } = prototype;
  const askedOf = new WeakMap<LambdaFunction, string | undefined>();
  const calls: CallsUnderWay = new Map();
  prototype.setEvent = function (event) {
    askedOf.set(this, askedAbout(event));
    setEvent.call(this, event);
  };
  prototype.runHandler = async function () {
    const asked = askedOf.get(this);
    const run = () => runHandler.call(this);
    if (asked === undefined) return markOwnResponse(await run());
    // A copy for each, because the emulator writes into it.
    return structuredClone(await shareCall(calls, asked, () => answerOfAuthorizer(run)));
  };
}
