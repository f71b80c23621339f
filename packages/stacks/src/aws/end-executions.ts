import {
  paginateListExecutions,
  type SFNClient,
  StateMachineDoesNotExist,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';

/**
 * Ends the running executions of a state machine: it keeps its name until its last execution is over, and an execution
 * may try again for a day.
 */
export async function endExecutions(client: SFNClient, stateMachineArn: string): Promise<number> {
  let ended = 0;
  try {
    const running = { stateMachineArn, statusFilter: 'RUNNING' } as const;
    for await (const { executions = [] } of paginateListExecutions({ client }, running)) {
      for (const { executionArn } of executions) {
        await client.send(new StopExecutionCommand({ executionArn, error: 'StageRemoved' }));
        ended++;
      }
    }
  } catch (error) {
    // A removal that failed half-way may have removed it already.
    if (!(error instanceof StateMachineDoesNotExist)) throw error;
  }
  return ended;
}
