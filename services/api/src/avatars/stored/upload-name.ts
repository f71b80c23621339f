import { createHash } from 'node:crypto';
import type { UploadName } from '@weir/dynamodb/avatars';

/** The folders of the bucket. */
export const PREFIXES = {
  /** Uploads of callers, not yet checked. */
  uploads: 'uploads/',
  /** Uploads that were accepted as images. */
  originals: 'originals/',
  thumbnails: 'thumbnails/',
} as const;

/** Keys are `<prefix><owner>/<upload id>`; a thumbnail's ends in `.jpg`. */
const UPLOAD_KEY = /^uploads\/([0-9a-f]{64})\/([0-9a-f-]{36})$/;
const ANY_KEY = /^(?:uploads|originals|thumbnails)\/([0-9a-f]{64})\/([0-9a-f-]{36})(?:\.jpg)?$/;

/** Represents a user in the keys of objects, which appear in logs and lists: SHA-256 of the user id, in hex. */
export function ownerOf(userId: string): string {
  return createHash('sha256').update(userId).digest('hex');
}

/** The key of an upload. */
export function uploadKey({ owner, uploadId }: UploadName): string {
  return `${PREFIXES.uploads}${owner}/${uploadId}`;
}

/** The key of an accepted original. */
export function originalKey({ owner, uploadId }: UploadName): string {
  return `${PREFIXES.originals}${owner}/${uploadId}`;
}

/** The key of its thumbnail. */
export function thumbnailKey({ owner, uploadId }: UploadName): string {
  return `${PREFIXES.thumbnails}${owner}/${uploadId}.jpg`;
}

/** Every key that an upload's objects can have. */
export function keysOf(name: UploadName): string[] {
  return [uploadKey(name), originalKey(name), thumbnailKey(name)];
}

/** The upload of this object; undefined for any other key. */
export function parseUploadKey(key: string): UploadName | undefined {
  const [, owner, uploadId] = UPLOAD_KEY.exec(key) ?? [];
  return owner && uploadId ? { owner, uploadId } : undefined;
}

/** Whether this code makes keys of this form. */
export function isAvatarKey(key: string): boolean {
  return ANY_KEY.test(key);
}

/** The name as one text. */
export function formatName({ owner, uploadId }: UploadName): string {
  return `${owner}/${uploadId}`;
}

/** Reads a name that `formatName` wrote. */
export function parseName(text: string): UploadName {
  const [owner = '', uploadId = ''] = text.split('/');
  return { owner, uploadId };
}
