import type { AwsOutcome } from '../aws-calls/aws-client.ts';

/** Throws unless a creation succeeded, or one of `tolerated` says that the resource exists already. */
export function expectCreated(
  outcome: AwsOutcome,
  what: string,
  tolerated: readonly string[] = [],
): 'created' | 'existed' {
  if (outcome.ok) return 'created';
  if (tolerated.includes(outcome.code)) return 'existed';
  throw new Error(`${what} could not be created: ${outcome.code}: ${outcome.message}`);
}
