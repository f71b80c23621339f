export { createDynamoJobsStore } from './dynamo-jobs-store.ts';
export * from './job-files.ts';
export * from './job-id.ts';
export * from './jobs-store.ts';
