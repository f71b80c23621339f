import {
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  GetExecutionHistoryCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { AuditExecution, AuditInput, AuditMachine } from '../audits/executions/audit-machine.ts';
import { progressOf } from '../audits/executions/progress-of.ts';

/** More than there are between two calls that succeed: thirteen attempts have three events each. */
const NEWEST_EVENTS = 60;

/** The state machine of audits in Step Functions. */
export function createStepFunctionsAuditMachine(stateMachineArn: string): AuditMachine {
  const client = new SFNClient({
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
  });
  const executions = stateMachineArn.replace(':stateMachine:', ':execution:');
  return {
    async start(input) {
      try {
        // While an execution with this name and input runs, this call returns the same execution (API reference:
        // StartExecution).
        const start = { stateMachineArn, name: input.execution, input: JSON.stringify(input) };
        await client.send(new StartExecutionCommand(start));
        return 'running';
      } catch (error) {
        if (error instanceof ExecutionAlreadyExists) return 'ended';
        throw error;
      }
    },

    async find(execution) {
      try {
        const executionArn = `${executions}:${execution}`;
        const found = executionOf(await client.send(new DescribeExecutionCommand({ executionArn })));
        if (found.status !== 'running') return found;
        const newest = { executionArn, reverseOrder: true, maxResults: NEWEST_EVENTS };
        const { events = [] } = await client.send(new GetExecutionHistoryCommand(newest));
        return { ...found, ...progressOf(events) };
      } catch (error) {
        if (error instanceof ExecutionDoesNotExist) return undefined;
        throw error;
      }
    },
  };
}

function executionOf({ status, input = '{}', error, cause }: DescribeExecutionOutput): AuditExecution {
  const audited = JSON.parse(input) as AuditInput;
  if (status === 'RUNNING' || status === 'PENDING_REDRIVE') return { status: 'running', input: audited };
  if (status === 'SUCCEEDED') return { status: 'done', input: audited };
  const problem = [error, cause].filter(Boolean).join(': ') || `it is ${status}`;
  return { status: 'failed', input: audited, problem };
}
