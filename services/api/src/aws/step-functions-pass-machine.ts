import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { PassMachine } from '../erasures/passes/start-pass.ts';

/** The state machine of erasures in Step Functions. */
export function createStepFunctionsPassMachine(stateMachineArn: string): PassMachine {
  const client = new SFNClient({
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
  });
  return {
    async start(name, pass) {
      const input = JSON.stringify({ pass });
      try {
        // While an execution with this name and input runs, this call returns the same execution (API reference:
        // StartExecution).
        await client.send(new StartExecutionCommand({ stateMachineArn, name, input }));
        return 'running';
      } catch (error) {
        if (error instanceof ExecutionAlreadyExists) return 'ended';
        throw error;
      }
    },
  };
}
