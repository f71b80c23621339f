export { createDynamoReportsStore } from './dynamo-reports-store.ts';
export * from './reports-store.ts';
