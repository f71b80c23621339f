import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { openLocalTables } from '@weir/local/tables';
import { expect } from 'chai';
import type { AvatarObjects } from '../avatars/stored/avatar-objects.ts';
import { createS3AvatarObjects } from './s3-avatar-objects.ts';

describe("the avatars' bucket", function () {
  this.timeout(60_000);
  const local = openLocalTables();
  let client: S3Client;
  let objects: AvatarObjects;

  before(async () => {
    const { url } = await local.aws();
    const credentials = { accessKeyId: 'tester', secretAccessKey: 'local' };
    client = new S3Client({ endpoint: url, region: 'us-east-1', credentials, forcePathStyle: true });
    await client.send(new CreateBucketCommand({ Bucket: 'avatars' }));
    objects = createS3AvatarObjects({ client, bucket: 'avatars' });
  });

  after(async () => {
    client?.destroy();
    await local.close();
  });

  it('returns the written object, and gives its length and type without reading it', async () => {
    const body = Buffer.from([0, 255, 13, 10, 128]);
    await objects.write('originals/a/ü + 1', body, 'image/png');
    expect(await objects.describe('originals/a/ü + 1')).to.deep.equal({ bytes: 5, contentType: 'image/png' });
    expect(await objects.read('originals/a/ü + 1')).to.deep.equal(body);
  });

  it('distinguishes a missing object from a failure', async () => {
    expect(await objects.describe('originals/none')).to.equal(undefined);
    expect(await objects.read('originals/none')).to.equal(undefined);
    const elsewhere = createS3AvatarObjects({ client, bucket: 'no-such-bucket' });
    const failure = await elsewhere.list('originals/').catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(Error);
  });

  it('lists and removes more objects than S3 accepts in one call, and none of another prefix', async () => {
    const keys = Array.from({ length: 1_003 }, (_, index) => `thumbnails/a/${index}`);
    for (let at = 0; at < keys.length; at += 50) {
      await Promise.all(keys.slice(at, at + 50).map((key) => objects.write(key, Buffer.from('1'), 'image/jpeg')));
    }
    await objects.write('thumbnails/ab/other', Buffer.from('1'), 'image/jpeg');
    expect(await objects.list('thumbnails/a/')).to.have.members(keys);
    await objects.remove([...keys, 'thumbnails/a/none']);
    expect(await objects.list('thumbnails/')).to.deep.equal(['thumbnails/ab/other']);
    await objects.remove([]);
  });
});
