export type { TableAccess } from '../table/table-access.ts';
export { createDynamoUsersStore } from './dynamo-users-store.ts';
export * from './users-store.ts';
