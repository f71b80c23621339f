import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { awsClient } from './aws-client.ts';
import type { Local } from './weir-process.ts';

/** The function that makes daily reports, called by hand. */
export function createReportsDoor(local: Local) {
  const lambda = new LambdaClient(awsClient(local));

  /** Makes the report of a day in UTC that has ended, and gives the function's answer. */
  const makeReport = async (date: string): Promise<{ readonly outcome: string; readonly id?: string }> => {
    const FunctionName = 'weir-reports-local-daily';
    const invoke = new InvokeCommand({ FunctionName, Payload: JSON.stringify({ date }) });
    const { FunctionError, Payload } = await lambda.send(invoke);
    const answer = Payload?.transformToString() ?? '';
    if (FunctionError !== undefined) throw new Error(`${FunctionName}: ${answer}`);
    return JSON.parse(answer);
  };

  return { lambda, makeReport };
}
