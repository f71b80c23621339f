export { createDynamoMailsStore } from './dynamo-mails-store.ts';
export { judgeClaim } from './judge-claim.ts';
export * from './mails-store.ts';
