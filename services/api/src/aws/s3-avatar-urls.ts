import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { AvatarUrls } from '../avatars/avatar-urls.ts';

/** The bucket, and how long an address is valid. */
export interface AvatarUrlsAccess {
  /** Must have `requestChecksumCalculation: 'WHEN_REQUIRED'`. Otherwise the checksum of an empty body is signed. */
  readonly client: S3Client;
  readonly bucket: string;
  readonly expiresInSeconds: number;
}

/**
 * The headers that the sender cannot change: type, exact length, and the condition that the object does not exist yet.
 */
const SIGNED_HEADERS = new Set(['host', 'content-type', 'content-length', 'if-none-match']);

/** Signs addresses of objects in the S3 bucket. It does not call AWS. */
export function createS3AvatarUrls({ client, bucket: Bucket, expiresInSeconds }: AvatarUrlsAccess): AvatarUrls {
  const expiresIn = expiresInSeconds;
  return {
    async signUpload({ key: Key, contentType: ContentType, bytes: ContentLength }) {
      const put = new PutObjectCommand({ Bucket, Key, ContentType, ContentLength, IfNoneMatch: '*' });
      const url = await getSignedUrl(client, put, { expiresIn, signableHeaders: SIGNED_HEADERS });
      return { method: 'PUT', url, headers: { 'content-type': ContentType, 'if-none-match': '*' } };
    },

    signDownload(Key, ResponseContentType) {
      return getSignedUrl(client, new GetObjectCommand({ Bucket, Key, ResponseContentType }), { expiresIn });
    },
  };
}
