export { createDynamoUsersStore, type UsersTableAccess } from './dynamo-users-store.ts';
export * from './users-store.ts';
