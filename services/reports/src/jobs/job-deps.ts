import type { ObjectStore } from '@weir/archive';
import type { JobKindName, JobsStore } from '@weir/dynamodb/jobs';
import type { JobKind } from './job-kind.ts';
import type { PublishParts } from './part-message.ts';

/** What coordinator, workers and sweep share. */
export interface JobDeps {
  readonly store: JobsStore;
  /** The bucket of reports. */
  readonly files: Pick<ObjectStore, 'putStream' | 'list' | 'remove'>;
  readonly publish: PublishParts;
  /** Each kind is loaded when its first job comes. */
  readonly kindOf: (kind: JobKindName) => Promise<JobKind>;
  readonly now: () => number;
  /** A name that no other cut has. */
  readonly newCut: () => string;
}
