import type { SFNClient } from '@aws-sdk/client-sfn';
import type { ErasureMachine } from '../erasures/begin-erasure.ts';

/** The state machine of erasures. Its client is loaded when it is first needed: few requests erase anybody. */
export function createStepFunctionsErasureMachine(stateMachineArn: string): ErasureMachine {
  let client: SFNClient | undefined;
  return {
    async start(name, erasureId) {
      const { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } = await import('@aws-sdk/client-sfn');
      client ??= new SFNClient({
        requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
      });
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
