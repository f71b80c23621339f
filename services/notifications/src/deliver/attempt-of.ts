import type { Attempt } from '@weir/dynamodb/webhooks';
import type { PostResult } from '@weir/webhooks/sending';

/** What a delivery keeps of a POST. */
export function attemptOf(result: PostResult): Attempt {
  const { at, durationMs } = result;
  if (result.kind !== 'answered') {
    return { at, durationMs, status: undefined, error: result.error, response: undefined };
  }
  return { at, durationMs, status: result.status, error: undefined, response: result.response };
}
