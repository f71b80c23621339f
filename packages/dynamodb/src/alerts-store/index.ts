export { storedFiring } from './alert-items.ts';
export * from './alerts-store.ts';
export { createDynamoAlertsStore } from './dynamo-alerts-store.ts';
