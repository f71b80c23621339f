import type { AvatarUpload } from '@weir/dynamodb/avatars';
import { findImageType, type ImageType } from '../images/image-types.ts';
import { makeThumbnail } from '../images/make-thumbnail.ts';
import { MAX_AVATAR_BYTES } from '../limits.ts';
import type { AvatarObjects, ObjectSummary } from '../stored/avatar-objects.ts';
import type { Rejection } from '../stored/avatar-state.ts';
import { uploadKey } from '../stored/upload-name.ts';

/** The result of examining an upload; `gone` if its object was removed meanwhile. */
export type Examined =
  | { readonly kind: 'good'; readonly original: Buffer; readonly type: ImageType; readonly thumbnail: Buffer }
  | { readonly kind: 'rejected'; readonly reason: Rejection; readonly detail?: string }
  | { readonly kind: 'gone' };

/** Reads an upload, checks it against what the caller announced, and makes its thumbnail. */
export async function examineUpload(objects: AvatarObjects, upload: AvatarUpload): Promise<Examined> {
  const key = uploadKey(upload);
  const summary = await objects.describe(key);
  if (summary === undefined) return { kind: 'gone' };
  const reason = judgeSummary(summary, upload);
  if (reason !== undefined) return rejected(reason);
  const original = await objects.read(key);
  return original ? judgeBytes(original, upload) : { kind: 'gone' };
}

/**
 * The checks that need no bytes. S3 refuses most wrong uploads by the signature, but other programs may also write to the
 * bucket.
 */
function judgeSummary({ bytes, contentType }: ObjectSummary, upload: AvatarUpload): Rejection | undefined {
  if (bytes === 0) return 'empty';
  if (bytes > MAX_AVATAR_BYTES) return 'too-large';
  if (bytes !== upload.bytes) return 'wrong-size';
  return contentType === upload.contentType ? undefined : 'wrong-type';
}

function rejected(reason: Rejection): Examined {
  return { kind: 'rejected', reason };
}

async function judgeBytes(original: Buffer, upload: AvatarUpload): Promise<Examined> {
  const type = findImageType(original);
  if (type === undefined) return rejected('not-an-image');
  if (type !== upload.contentType) return rejected('wrong-type');
  const thumbnail = await makeThumbnail(original);
  if (thumbnail.kind === 'rejected') return thumbnail;
  return { kind: 'good', original, type, thumbnail: thumbnail.jpeg };
}
