import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { ErasureMachine } from '../erasures/begin-erasure.ts';

/** The state machine of erasures. */
export function createStepFunctionsErasureMachine(stateMachineArn: string): ErasureMachine {
  const client = new SFNClient({
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
  });
  return {
    async start(name, erasureId) {
      const input = JSON.stringify({ erasureId });
      try {
        // Of the same name and input, while it runs, it is the same execution (API reference: StartExecution).
        await client.send(new StartExecutionCommand({ stateMachineArn, name, input }));
        return 'running';
      } catch (error) {
        if (error instanceof ExecutionAlreadyExists) return 'ended';
        throw error;
      }
    },
  };
}
