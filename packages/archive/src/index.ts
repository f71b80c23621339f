export { archiveKeys } from './archive-keys.ts';
export {
  type ArchiveArea,
  digestOf,
  hourPrefix,
  type ObjectName,
  objectKey,
  runObjectKey,
} from './archive-names.ts';
export type { ObjectStore, StoredObject } from './object-store.ts';
export { compress, compressed, decompress } from './zstd.ts';
