/**
 * Names of errors, and codes of cancelled transactions, with which DynamoDB refuses what a table does not take now, and the
 * name of our own error after the last attempt (`@weir/dynamodb`, which a function without tables does not load).
 */
const THROTTLED = new Set([
  'ThrottlingException',
  'ThrottlingError',
  'ProvisionedThroughputExceededException',
  'ProvisionedThroughputExceeded',
  'RequestLimitExceeded',
  'RefusedForNow',
]);

interface Refusal {
  readonly name?: string;
  readonly CancellationReasons?: readonly { readonly Code?: string }[];
}

/** Whether a call failed, in all its attempts, only because it came too early: the request may be sent again. */
export function isThrottled(error: unknown): boolean {
  const { name = '', CancellationReasons = [] } = (error ?? {}) as Refusal;
  return THROTTLED.has(name) || CancellationReasons.some(({ Code = '' }) => THROTTLED.has(Code));
}
