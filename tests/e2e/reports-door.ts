import { createLambdaInvoke } from '@weir/ops/src/aws/lambda-invoke.ts';
import { awsClient } from './aws-client.ts';
import type { Local } from './weir-process.ts';

/** The function that makes daily reports, called as `npm run ops` does. */
export function createReportsDoor(local: Local) {
  const invokeFunction = (name: string, event: object) => createLambdaInvoke(awsClient(local))(name, event);

  /** Makes the report of a day in UTC that has ended, and gives the function's answer. */
  const makeReport = async (date: string): Promise<{ readonly outcome: string; readonly id?: string }> => {
    const invoked = await invokeFunction('weir-reports-local-daily', { date });
    if (invoked.kind !== 'returned') throw new Error(JSON.stringify(invoked));
    return invoked.answer as { outcome: string; id?: string };
  };

  return { invokeFunction, makeReport };
}
