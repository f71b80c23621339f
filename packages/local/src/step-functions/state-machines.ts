import { randomUUID } from 'node:crypto';
import type { Answer } from '../aws-calls/backend.ts';
import { AwsError, jsonAnswer } from '../emulators/answers/json-answer.ts';
import type { FunctionEventDeps } from '../invoke/function-event.ts';
import type { ServiceRegistration } from '../registration/service-registration.ts';
import type { RunningSources } from '../registration/service-registry.ts';
import { type Execution, startExecution } from './execution.ts';
import type { HistoryEvent } from './history.ts';
import { type Machine, machinesOf } from './machine.ts';

/** The Step Functions of the local AWS. */
export interface StateMachines {
  readonly answer: Answer;
  /** Adds a service's machines. Executions go on while a service is away: their tasks wait for it. */
  join(registration: ServiceRegistration, awsUrl: string): RunningSources;
  /** Ends every execution. */
  close(): Promise<void>;
}

type Input = Readonly<Record<string, unknown>>;

/** The largest page of GetExecutionHistory. */
const MAX_EVENTS = 1000;

/** Creates the state machines, without any machine. Executions are kept in memory: the end of the process ends them. */
export function createStateMachines(checkOf: FunctionEventDeps['checkOf']): StateMachines {
  const machines = new Map<string, Machine>();
  const executions = new Map<string, Execution>();

  const machine = ({ stateMachineArn }: Input): Machine => {
    const found = machines.get(String(stateMachineArn));
    if (found) return found;
    throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${stateMachineArn}'`);
  };
  const execution = ({ executionArn }: Input): Execution => {
    const found = executions.get(String(executionArn));
    if (found) return found;
    throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${executionArn}'`);
  };
  const start = (input: Input): Execution => {
    const name = String(input.name ?? randomUUID());
    const text = jsonOf(input.input);
    const before = [...executions.values()].find(
      (other) => other.name === name && other.machineArn === input.stateMachineArn,
    );
    if (before) return sameExecution(before, text);
    const started = startExecution(machine(input), name, text);
    executions.set(started.arn, started);
    return started;
  };

  return {
    answer: jsonAnswer({
      StartExecution: (input) => {
        const { arn, startDate } = start(input);
        return { executionArn: arn, startDate };
      },
      DescribeExecution: (input) => describe(execution(input)),
      GetExecutionHistory: (input) => ({ events: historyOf(execution(input), input) }),
      StopExecution: (input) => {
        void execution(input).abort();
        return { stopDate: Date.now() / 1000 };
      },
      ListExecutions: (input) => ({ executions: listed(executions.values(), machine(input), input.statusFilter) }),
      ListStateMachines: () => ({
        stateMachines: [...machines.values()].map(({ name, arn }) => ({
          name,
          stateMachineArn: arn,
          type: 'STANDARD',
        })),
      }),
      DescribeStateMachine: (input) => {
        const { name, arn, definition } = machine(input);
        return {
          name,
          stateMachineArn: arn,
          status: 'ACTIVE',
          type: 'STANDARD',
          definition: JSON.stringify(definition),
        };
      },
    }),
    join: (registration, awsUrl) => {
      const own = machinesOf(registration, { awsUrl, checkOf });
      for (const joined of own) machines.set(joined.arn, joined);
      return {
        stop: async () => {
          for (const { arn } of own) machines.delete(arn);
        },
      };
    },
    close: async () => {
      await Promise.all([...executions.values()].map((running) => running.abort()));
    },
  };
}

/** The same name starts only one execution: while it runs, with the same input, it is the same execution. */
function sameExecution(before: Execution, input: string): Execution {
  if (before.state().status === 'RUNNING' && before.input === input) return before;
  throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${before.arn}'`);
}

function jsonOf(input: unknown): string {
  const text = String(input ?? '{}');
  try {
    JSON.parse(text);
    return text;
  } catch {
    throw new AwsError('InvalidExecutionInput', 'The input is not JSON');
  }
}

function describe(execution: Execution): object {
  const { arn, name, machineArn, input, startDate } = execution;
  return { executionArn: arn, stateMachineArn: machineArn, name, input, startDate, ...execution.state() };
}

/** One page: there is no `nextToken`. */
function historyOf(execution: Execution, { reverseOrder, maxResults }: Input): readonly HistoryEvent[] {
  const events = reverseOrder === true ? execution.history().toReversed() : execution.history();
  return events.slice(0, Number(maxResults) || MAX_EVENTS);
}

/** Newest first. */
function listed(all: Iterable<Execution>, { arn }: Machine, statusFilter: unknown): object[] {
  return [...all]
    .filter(({ machineArn }) => machineArn === arn)
    .map(describe)
    .filter((execution) => statusFilter === undefined || (execution as { status: unknown }).status === statusFilter)
    .reverse();
}
