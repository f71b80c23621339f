import { createHash } from 'node:crypto';
import { makeJobId, type NewJob, type Question } from '@weir/dynamodb/jobs';
import type { JobsDeps } from './jobs-deps.ts';

/** A question, and the request that asks it. */
export interface AskedJob {
  readonly question: Question;
  readonly keyId: string;
  readonly idempotencyKey: string | undefined;
  readonly now: number;
}

/**
 * The job for a question. Under an `Idempotency-Key` each request names the same job: a process may write it and die
 * before it answers.
 */
export async function nameJob({ jobs, random }: JobsDeps, asked: AskedJob): Promise<NewJob> {
  const { question, keyId, idempotencyKey, now } = asked;
  if (idempotencyKey === undefined) {
    return { id: makeJobId(question.kind, now, random()), question, keyId, createdAt: now };
  }
  const digest = createHash('sha256')
    .update(JSON.stringify([keyId, idempotencyKey]))
    .digest();
  const createdAt = await jobs.firstAsked(digest.toString('base64url'), now);
  return { id: makeJobId(question.kind, createdAt, digest), question, keyId, createdAt };
}
