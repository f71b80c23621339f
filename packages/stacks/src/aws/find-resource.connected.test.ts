import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { type LocalAws, startLocalAws } from '@weir/local';
import { expect } from 'chai';
import type { Account } from '../account/account.ts';
import { openAccount } from './open-account.ts';

const RESOURCES = {
  Metrics: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName: 'metrics',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    },
  },
  Events: { Type: 'AWS::Kinesis::Stream', Properties: { Name: 'events', ShardCount: 1 } },
  Archive: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'archive' } },
  Letters: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'letters' } },
  Key: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'key', GenerateSecretString: {} } },
  Machine: {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: {
      StateMachineName: 'erasures',
      Definition: { StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 691_200, End: true } } },
    },
  },
};

const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:erasures';

describe('an account with the resources of a stage', function () {
  this.timeout(60_000);
  let aws: LocalAws;
  let lambda: Server;
  let account: Account;
  let config: object;

  before(async () => {
    aws = await startLocalAws({ dataDir: undefined, port: 0 });
    config = { endpoint: aws.url, region: 'us-east-1', credentials: { accessKeyId: 'tester', secretAccessKey: 'x' } };
    account = openAccount({ accountId: '000000000000', region: 'us-east-1', config });
    lambda = createServer((_, response) => void response.writeHead(404).end());
    await new Promise<void>((resolve) => lambda.listen(0, '127.0.0.1', resolve));
    const lambdaUrl = `http://127.0.0.1:${(lambda.address() as AddressInfo).port}`;
    const service = { name: 'weir-api', stage: 'test', region: 'us-east-1', extensions: {}, functions: {} };
    await aws.registerService({ ...service, resources: RESOURCES, lambdaUrl });
    await aws.waitForServices(['weir-api'], 10_000);
  });

  after(async () => {
    lambda?.close();
    await aws?.close();
  });

  for (const [type, name, identifier] of [
    ['AWS::DynamoDB::Table', 'metrics', 'TableName'],
    ['AWS::Kinesis::Stream', 'events', 'Name'],
    ['AWS::S3::Bucket', 'archive', 'BucketName'],
    ['AWS::SQS::Queue', 'letters', 'QueueUrl'],
    ['AWS::SecretsManager::Secret', 'key', 'Id'],
  ] as const) {
    it(`finds a ${type} by its name, and none where there is none`, async () => {
      const found = await account.find({ type, name });
      expect(found?.identifier).to.have.all.keys(identifier);
      expect(found?.identifier[identifier]).to.include(name);
      expect(found?.isInRecovery ?? false).to.equal(false);
      expect(await account.find({ type, name: 'none' })).to.equal(undefined);
    });
  }

  it('ends the executions of a state machine, which would wait for days', async () => {
    const client = new SFNClient(config);
    const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn: MACHINE }));
    expect(await account.endExecutions(MACHINE)).to.equal(1);
    let status: string | undefined = 'RUNNING';
    while (status === 'RUNNING') {
      await sleep(20);
      ({ status } = await client.send(new DescribeExecutionCommand({ executionArn })));
    }
    expect(status).to.equal('ABORTED');
    expect(await account.endExecutions(MACHINE)).to.equal(0);
    expect(await account.endExecutions(`${MACHINE}-gone`)).to.equal(0);
  });
});
