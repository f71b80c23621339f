export { createDynamoJobsStore } from './dynamo-jobs-store.ts';
export { queuedJob } from './job-changes.ts';
export * from './job-files.ts';
export * from './job-id.ts';
export * from './jobs-store.ts';
