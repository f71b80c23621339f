/** What a function answers for a batch of a stream or of a queue. */
interface BatchResponse {
  readonly batchItemFailures: readonly unknown[];
}

/** The outcome of a batch in its trace: `retry` if Lambda must send some of it again. */
export function batchOutcome({ batchItemFailures }: BatchResponse): 'done' | 'retry' {
  return batchItemFailures.length === 0 ? 'done' : 'retry';
}
