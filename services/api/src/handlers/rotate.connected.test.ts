import { randomUUID } from 'node:crypto';
import { DescribeSecretCommand, RotateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { openBootstrapKeys } from '@weir/keys/bootstrap';
import { type LocalAws, startLocalAws } from '@weir/local';
import type { Context, Handler } from 'aws-lambda';
import { expect } from 'chai';
import type { RotationEvent } from '../keys/rotation/rotate-key.ts';
import { tellFunctions } from '../testing/told-environment.ts';

const SECRET = 'weir-test-bootstrap-key';
const OLD = 'the-bootstrap-key';

const RESOURCES = {
  DataKey: { Type: 'AWS::KMS::Key' },
  Key: {
    Type: 'AWS::SecretsManager::Secret',
    Properties: { Name: SECRET, SecretString: OLD, KmsKeyId: { 'Fn::GetAtt': ['DataKey', 'Arn'] } },
  },
};

/** They are not held, but recorded under the names of their roles. */
const functions = Object.fromEntries(
  ['authorize', 'rotate'].map((key) => [key, { name: `weir-api-test-${key}`, timeoutSeconds: 10, events: [] }]),
);

describe('the function rotate over the local AWS', () => {
  let aws: LocalAws;
  let client: SecretsManagerClient;
  let handler: Handler<RotationEvent, void>;
  let untell = () => {};

  before(async () => {
    aws = await startLocalAws({ dataDir: undefined, port: 0 });
    const registration = { name: 'weir-api', stage: 'test', region: 'us-east-1', lambdaUrl: 'http://127.0.0.1:9' };
    await aws.registerService({ ...registration, resources: RESOURCES, extensions: {}, functions });
    untell = tellFunctions(process.env, aws.url);
    client = new SecretsManagerClient({ credentials: { accessKeyId: 'tester', secretAccessKey: 'local' } });
    ({ handler } = await import('./rotate.ts'));
  });

  after(async () => {
    untell();
    client?.destroy();
    await aws?.close();
  });

  /** As Secrets Manager calls it: each step, and after a crash again. */
  async function rotate(): Promise<string> {
    const ClientRequestToken = randomUUID();
    const { ARN: SecretId = '' } = await client.send(new RotateSecretCommand({ SecretId: SECRET, ClientRequestToken }));
    for (const Step of ['createSecret', 'createSecret', 'setSecret', 'testSecret', 'finishSecret', 'finishSecret']) {
      const context = { awsRequestId: Step, functionName: 'rotate' } as Context;
      // Its client reads the key at its first call.
      process.env.AWS_ACCESS_KEY_ID = 'weirapirotate';
      await handler({ Step, SecretId, ClientRequestToken }, context, () => undefined);
    }
    return ClientRequestToken;
  }

  /** The keys that an environment admits that begins now. */
  async function admitted(now = Date.now()): Promise<readonly string[]> {
    process.env.AWS_ACCESS_KEY_ID = 'weirapiauthorize';
    return openBootstrapKeys(SECRET, { ttlMs: 1, now: () => now })();
  }

  it('replaces the key: the one before is admitted for a day, and no other', async () => {
    expect(await admitted()).to.deep.equal([OLD]);
    const versionId = await rotate();
    const [key, ...others] = await admitted();
    expect([key, others]).to.deep.equal([key?.match(/^[0-9a-f]{64}$/)?.[0], [OLD]]);
    expect(await admitted(Date.now() + 86_500_000)).to.deep.equal([key]);
    const { VersionIdsToStages = {} } = await client.send(new DescribeSecretCommand({ SecretId: SECRET }));
    expect(VersionIdsToStages[versionId]).to.include('AWSCURRENT');
  });

  it('leaves nothing of a key that leaked after two rotations', async () => {
    const [leaked] = await admitted();
    await rotate();
    await rotate();
    expect(await admitted())
      .to.have.length(2)
      .and.not.include(leaked);
  });
});
