import type { CreateResource } from './create-resource.ts';
import { expectCreated } from './expect-created.ts';

/** Creates a bucket. The AWS door handles its notifications. */
export const createBucket: CreateResource = async (aws, { physical: { name } }) => {
  const there = await aws.s3('HEAD', `/${name}`);
  if (there.ok) return;
  expectCreated(await aws.s3('PUT', `/${name}`), `bucket ${name}`, ['BucketAlreadyOwnedByYou', 'BucketAlreadyExists']);
};
