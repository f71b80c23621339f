import { S3Client } from '@aws-sdk/client-s3';
import type { AvatarObjects } from '../avatars/stored/avatar-objects.ts';
import { createS3AvatarObjects } from './s3-avatar-objects.ts';

/** Opens the avatars' bucket to read and write objects. */
export function openAvatarObjects(bucket: string): AvatarObjects {
  const requestHandler = { connectionTimeout: 1_000, requestTimeout: 10_000, throwOnRequestTimeout: true };
  return createS3AvatarObjects({ client: new S3Client({ requestHandler }), bucket });
}
