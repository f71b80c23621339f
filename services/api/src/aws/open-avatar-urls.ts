import { S3Client } from '@aws-sdk/client-s3';
import type { AvatarUrls } from '../avatars/avatar-urls.ts';
import { type AvatarUrlsAccess, createS3AvatarUrls } from './s3-avatar-urls.ts';

/** Opens the avatars' bucket to sign addresses, with a client that signs no additional headers. */
export function openAvatarUrls(access: Omit<AvatarUrlsAccess, 'client'>): AvatarUrls {
  return createS3AvatarUrls({ ...access, client: new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED' }) });
}
