import { createHash } from 'node:crypto';
import type { UploadName } from '@weir/dynamodb/avatars';

/** Where the objects of avatars are, by what they are. */
export const PREFIXES = {
  /** As a caller sent it, and not yet looked at. */
  uploads: 'uploads/',
  /** An upload that was found to be an image. */
  originals: 'originals/',
  thumbnails: 'thumbnails/',
} as const;

/** Keys are `<prefix><owner>/<upload id>`; a thumbnail's ends in `.jpg`. */
const UPLOAD_KEY = /^uploads\/([0-9a-f]{64})\/([0-9a-f-]{36})$/;
const ANY_KEY = /^(?:uploads|originals|thumbnails)\/([0-9a-f]{64})\/([0-9a-f-]{36})(?:\.jpg)?$/;

/** Stands for a user in keys of objects, which go to logs and lists: SHA-256 of the user id, in hex. */
export function ownerOf(userId: string): string {
  return createHash('sha256').update(userId).digest('hex');
}

/** The key of what is uploaded. */
export function uploadKey({ owner, uploadId }: UploadName): string {
  return `${PREFIXES.uploads}${owner}/${uploadId}`;
}

/** The key of an upload that was found good. */
export function originalKey({ owner, uploadId }: UploadName): string {
  return `${PREFIXES.originals}${owner}/${uploadId}`;
}

/** The key of its thumbnail. */
export function thumbnailKey({ owner, uploadId }: UploadName): string {
  return `${PREFIXES.thumbnails}${owner}/${uploadId}.jpg`;
}

/** Every key that an upload can have. */
export function keysOf(name: UploadName): string[] {
  return [uploadKey(name), originalKey(name), thumbnailKey(name)];
}

/** The upload whose object this is; undefined where it is none of ours. */
export function parseUploadKey(key: string): UploadName | undefined {
  const [, owner, uploadId] = UPLOAD_KEY.exec(key) ?? [];
  return owner && uploadId ? { owner, uploadId } : undefined;
}

/** Whether a key is one that this code makes. */
export function isAvatarKey(key: string): boolean {
  return ANY_KEY.test(key);
}

/** The name as one text. */
export function formatName({ owner, uploadId }: UploadName): string {
  return `${owner}/${uploadId}`;
}

/** The name that `formatName` gave. */
export function parseName(text: string): UploadName {
  const [owner = '', uploadId = ''] = text.split('/');
  return { owner, uploadId };
}
