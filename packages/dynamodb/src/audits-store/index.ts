export * from './audits-store.ts';
export { createDynamoAuditsStore } from './dynamo-audits-store.ts';
