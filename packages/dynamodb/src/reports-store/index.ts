export { createDynamoReportsStore } from './dynamo-reports-store.ts';
export * from './report-files.ts';
export * from './reports-store.ts';
export { userMark } from './user-mark.ts';
