import type { Mutation } from '@weir/simulation/mutants';
import { ERASURE_MUTATIONS } from './erasure-mutations.ts';
import { PROGRESS_MUTATIONS } from './progress-mutations.ts';
import { READER_MUTATIONS } from './reader-mutations.ts';
import { WRITER_MUTATIONS } from './writer-mutations.ts';

/**
 * One mutation for each part that keeps counting exact. A schedule must fail with each. The sources are below
 * `services/ingest-stream/src` or, for `@weir/dynamodb/`, below `packages/dynamodb/src`.
 */
export const MUTATIONS: readonly Mutation[] = [
  ...WRITER_MUTATIONS,
  ...READER_MUTATIONS,
  ...ERASURE_MUTATIONS,
  ...PROGRESS_MUTATIONS,
];
