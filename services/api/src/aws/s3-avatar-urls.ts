import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { AvatarUrls } from '../avatars/avatar-urls.ts';

/** Where avatars are, and how long an address is good. */
export interface AvatarUrlsAccess {
  /** Must be of `requestChecksumCalculation: 'WHEN_REQUIRED'`, or the checksum of an empty body is signed. */
  readonly client: S3Client;
  readonly bucket: string;
  readonly expiresInSeconds: number;
}

/** What the sender cannot change: the object's type, its exact length, and that it must not be there yet. */
const SIGNED_HEADERS = new Set(['host', 'content-type', 'content-length', 'if-none-match']);

/** Signs addresses in S3's bucket. It asks AWS for nothing. */
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
