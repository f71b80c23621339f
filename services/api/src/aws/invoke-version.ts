import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { ProbeDeps } from '../canary/probe-version.ts';

/** Invokes versions of functions. */
export function openVersions(client: LambdaClient): Pick<ProbeDeps, 'invoke'> {
  return {
    async invoke({ functionName: FunctionName, version: Qualifier }, event) {
      const Payload = JSON.stringify(event);
      const answer = await client.send(new InvokeCommand({ FunctionName, Qualifier, Payload }));
      const text = answer.Payload?.transformToString() ?? '';
      if (answer.FunctionError) throw new Error(`${FunctionName}:${Qualifier} failed: ${messageIn(text)}`);
      return JSON.parse(text);
    },
  };
}

/** Lambda's report of an error is JSON, if the process could still write it. */
function messageIn(text: string): string {
  try {
    const { errorType, errorMessage } = JSON.parse(text);
    return `${errorType}: ${errorMessage}`;
  } catch {
    return 'it did not say why';
  }
}
