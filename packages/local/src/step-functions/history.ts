/** An event of an execution's history, as GetExecutionHistory has it. `timestamp` is in epoch seconds. */
export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly timestamp: number;
  readonly type: 'LambdaFunctionScheduled' | 'LambdaFunctionSucceeded' | 'LambdaFunctionFailed';
  readonly lambdaFunctionScheduledEventDetails?: { readonly input: string };
  readonly lambdaFunctionSucceededEventDetails?: { readonly output: string };
  readonly lambdaFunctionFailedEventDetails?: { readonly error: string; readonly cause: string };
}

/** The history of an execution. */
export interface History {
  /** Keeps a call of a function and its end. */
  record(input: object, call: () => Promise<unknown>): Promise<unknown>;
  /** The oldest first. */
  events(): readonly HistoryEvent[];
}

/** Step Functions ends an execution with more events than this. Here, the older ones are forgotten. */
const MAX_EVENTS = 25_000;

/** Creates an empty history. It has the calls of functions only, and not the states between them. */
export function createHistory(): History {
  const events: HistoryEvent[] = [];
  let last = 0;
  const add = (event: Omit<HistoryEvent, 'id' | 'previousEventId' | 'timestamp'>) => {
    events.push({ id: last + 1, previousEventId: last, timestamp: Date.now() / 1000, ...event });
    last++;
    if (events.length > MAX_EVENTS) events.shift();
  };
  return {
    events: () => events,
    record: async (input, call) => {
      add({ type: 'LambdaFunctionScheduled', lambdaFunctionScheduledEventDetails: { input: JSON.stringify(input) } });
      try {
        const result = await call();
        const output = JSON.stringify(result ?? null);
        add({ type: 'LambdaFunctionSucceeded', lambdaFunctionSucceededEventDetails: { output } });
        return result;
      } catch (error) {
        const { name, message } = error as Error;
        add({ type: 'LambdaFunctionFailed', lambdaFunctionFailedEventDetails: { error: name, cause: message } });
        throw error;
      }
    },
  };
}
