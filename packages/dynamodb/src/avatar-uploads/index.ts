export * from './avatar-uploads-store.ts';
export { createDynamoAvatarUploadsStore } from './dynamo-avatar-uploads-store.ts';
