import { CloudFormationClient, CreateStackCommand, DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetBucketPolicyCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { expect } from 'chai';
import type { Account } from '../account/account.ts';
import { emptyBucket } from '../remove/empty-bucket.ts';
import { describeWithMoto, type MotoServer, startMoto } from '../testing/moto-server.ts';
import { openAccount } from './open-account.ts';

/** More than one call lists or removes. */
const MANY = 1_003;

describeWithMoto('an account with CloudFormation', function () {
  this.timeout(120_000);
  let moto: MotoServer;
  let account: Account;
  let s3: S3Client;

  before(async () => {
    moto = await startMoto();
    const { config } = moto;
    account = openAccount({ accountId: '123456789012', region: config.region, config });
    s3 = new S3Client(config);
  });

  after(() => moto?.close());

  /** Objects of a bucket with versions, some written twice and some deleted, and an upload in parts. */
  async function fill(Bucket: string): Promise<void> {
    await s3.send(new CreateBucketCommand({ Bucket }));
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    const put = (Key: string) => s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
    for (let at = 0; at < MANY; at += 50) {
      await Promise.all(Array.from({ length: Math.min(50, MANY - at) }, (_, i) => put(`a/${at + i}`)));
    }
    await put('a/0');
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a/1' }));
    await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'half' }));
  }

  it('empties a bucket of all versions and uploads, and leaves it so that CloudFormation can delete it', async () => {
    const Bucket = 'archive';
    await fill(Bucket);
    const other = { Sid: 'Other', Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: '*' };
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [other] });
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    // A removal that is tried again says nothing twice.
    await account.openBucket(Bucket).denyWrites();
    expect(await emptyBucket(account.openBucket(Bucket), async () => {})).to.equal(MANY + 2);
    const { Statement } = JSON.parse((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy ?? '');
    expect(Statement).to.deep.equal([
      other,
      {
        Sid: 'NobodyWritesAnyMore',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:PutObject',
        Resource: 'arn:aws:s3:::archive/*',
      },
    ]);
    const late = await s3.send(new PutObjectCommand({ Bucket, Key: 'late', Body: 'x' })).catch((error) => error);
    expect(late).to.have.nested.property('$metadata.httpStatusCode', 403);
    await s3.send(new DeleteBucketCommand({ Bucket }));
  });

  it('has nothing to empty in a bucket that is gone', async () => {
    expect(await emptyBucket(account.openBucket('no-such-bucket'), async () => {})).to.equal(0);
  });

  it('knows a stack as it was deployed, and none before and after', async () => {
    const cloudFormation = new CloudFormationClient(moto.config);
    const Archive = { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Delete', Properties: { BucketName: 'of-a-stack' } };
    const template = { Resources: { Archive } };
    expect(await account.findStack('weir-dev')).to.equal(undefined);
    const create = new CreateStackCommand({ StackName: 'weir-dev', TemplateBody: JSON.stringify(template) });
    await cloudFormation.send(create);
    const stack = await account.findStack('weir-dev');
    expect(stack?.template).to.deep.equal(template);
    expect([...(stack?.physicalIds ?? [])]).to.deep.equal([['Archive', 'of-a-stack']]);
    await cloudFormation.send(new DeleteStackCommand({ StackName: 'weir-dev' }));
    expect(await account.findStack('weir-dev')).to.equal(undefined);
  });
});
