import { ERASURE_MUTATIONS } from './erasure-mutations.ts';
import type { Mutation } from './mutation.ts';
import { PROGRESS_MUTATIONS } from './progress-mutations.ts';
import { READER_MUTATIONS } from './reader-mutations.ts';
import { WRITER_MUTATIONS } from './writer-mutations.ts';

/** One mutation for each part that keeps counting exact. A schedule must fail with each. */
export const MUTATIONS: readonly Mutation[] = [
  ...WRITER_MUTATIONS,
  ...READER_MUTATIONS,
  ...ERASURE_MUTATIONS,
  ...PROGRESS_MUTATIONS,
];
