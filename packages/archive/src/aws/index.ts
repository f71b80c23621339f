export { createArchiveClient } from './create-archive-client.ts';
export { createS3ObjectStore } from './s3-object-store.ts';
