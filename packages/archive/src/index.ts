export {
  type ArchiveArea,
  digestOf,
  hourPrefix,
  type ObjectName,
  objectKey,
  type ParsedKey,
  parseObjectKey,
  runObjectKey,
} from './archive-names.ts';
export { MissingObject, type ObjectStore, type StoredObject, type TaggedBytes } from './object-store.ts';
export { wholeLines } from './whole-lines.ts';
export { compress, compressed, decompress, decompressed } from './zstd.ts';
