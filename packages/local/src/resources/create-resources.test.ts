import { expect } from 'chai';
import type { TemplateResource } from '../registration/service-registration.ts';
import { EVERY_RESOURCE } from '../testing/every-resource.ts';
import { type AnswerCall, answered, recordedAws, refused } from '../testing/recorded-aws.ts';
import { createResources } from './create-resources.ts';

type Resources = Readonly<Record<string, TemplateResource>>;

const ACTIVE = answered({ StreamDescriptionSummary: { StreamStatus: 'ACTIVE' } });

async function create(resources: Resources, answer: AnswerCall = () => undefined) {
  const aws = recordedAws(
    (name, input) => answer(name, input) ?? (name.endsWith('StreamSummary') ? ACTIVE : undefined),
  );
  const lines: string[] = [];
  const scope = { resources, region: 'us-east-1', awsUrl: 'http://127.0.0.1:4566' };
  const resolved = await createResources(aws, scope, (line) => lines.push(line));
  return { calls: aws.calls, names: aws.calls.map(([name]) => name), lines, resolved };
}
const inputOf = (calls: readonly (readonly [string, object])[], wanted: string) =>
  calls.find(([name]) => name === wanted)?.[1];
const messageOf = (failed: Promise<unknown>) => failed.catch((error: Error) => error.message);

describe('the resources of a template', () => {
  it('are made once what they point at is there: dead letters, queues, topics, then what subscribes', async () => {
    const { calls, names, lines, resolved } = await create(EVERY_RESOURCE);
    const ordered = names.filter((name) => /CreateQueue|sns/.test(name));
    expect(ordered).to.deep.equal(['sqs CreateQueue', 'sqs CreateQueue', 'sns CreateTopic', 'sns Subscribe']);
    expect(calls.filter(([name]) => name === 'sqs CreateQueue').map(([, input]) => input)).to.deep.equal([
      { QueueName: 'undelivered', Attributes: {} },
      {
        QueueName: 'mails',
        Attributes: {
          RedrivePolicy: JSON.stringify({
            deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:undelivered',
            maxReceiveCount: 3,
          }),
        },
      },
    ]);
    expect(lines).to.deep.equal(['Not needed locally: AWS::CloudWatch::Alarm']);
    expect(resolved).to.have.length(Object.keys(EVERY_RESOURCE).length);
  });

  it('that are refused say which, and why', async () => {
    const failing = create({ Metrics: EVERY_RESOURCE.Metrics }, () => refused('ValidationException'));
    expect(await messageOf(failing)).to.equal(
      'table metrics could not be created: ValidationException: it says ValidationException',
    );
  });

  describe('of tables', () => {
    it('have their indexes, their stream and their TTL', async () => {
      const { calls } = await create({ Metrics: EVERY_RESOURCE.Metrics });
      const { AttributeDefinitions, KeySchema } = EVERY_RESOURCE.Metrics.Properties;
      expect(calls).to.deep.equal([
        [
          'dynamodb CreateTable',
          {
            ...{ TableName: 'metrics', AttributeDefinitions, KeySchema, BillingMode: 'PAY_PER_REQUEST' },
            StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
          },
        ],
        [
          'dynamodb UpdateTimeToLive',
          { TableName: 'metrics', TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true } },
        ],
      ]);
    });

    it('are kept as they are', async () => {
      const { names } = await create({ Metrics: EVERY_RESOURCE.Metrics }, () => refused('ResourceInUseException'));
      expect(names).to.deep.equal(['dynamodb CreateTable']);
    });
  });

  describe('of streams', () => {
    it('are waited for, then keep records as long as they say', async () => {
      const states = ['CREATING', 'CREATING', 'ACTIVE'];
      const { calls, names } = await create({ Events: EVERY_RESOURCE.Events }, (name) =>
        name.endsWith('StreamSummary')
          ? answered({ StreamDescriptionSummary: { StreamStatus: states.shift() } })
          : undefined,
      );
      expect(inputOf(calls, 'kinesis CreateStream')).to.deep.equal({ StreamName: 'events', ShardCount: 2 });
      expect(names.slice(1)).to.deep.equal([
        ...Array(3).fill('kinesis DescribeStreamSummary'),
        'kinesis IncreaseStreamRetentionPeriod',
      ]);
      expect(calls.at(-1)?.[1]).to.deep.equal({ StreamName: 'events', RetentionPeriodHours: 168 });
    });

    it('have one shard and a day unless they say more', async () => {
      const { calls, names } = await create({ Plain: { Type: 'AWS::Kinesis::Stream', Properties: { Name: 'plain' } } });
      expect(calls[0]?.[1]).to.deep.equal({ StreamName: 'plain', ShardCount: 1 });
      expect(names).not.to.include('kinesis IncreaseStreamRetentionPeriod');
    });

    it('are kept as they are', async () => {
      const { names } = await create({ Events: EVERY_RESOURCE.Events }, () => refused('ResourceInUseException'));
      expect(names).to.deep.equal(['kinesis CreateStream']);
    });
  });

  describe('of buckets', () => {
    const head = 's3 HEAD /archive-000000000000';

    it('are made where they are not there', async () => {
      const { names } = await create({ Archive: EVERY_RESOURCE.Archive }, (name) =>
        name === head ? refused('NoSuchBucket') : undefined,
      );
      expect(names).to.deep.equal([head, 's3 PUT /archive-000000000000']);
    });

    it('are kept where they are', async () => {
      expect((await create({ Archive: EVERY_RESOURCE.Archive })).names).to.deep.equal([head]);
    });

    it('may be made by somebody else meanwhile', async () => {
      const { names } = await create({ Archive: EVERY_RESOURCE.Archive }, (name) =>
        refused(name === head ? 'NoSuchBucket' : 'BucketAlreadyOwnedByYou'),
      );
      expect(names).to.have.length(2);
    });
  });

  describe('of secrets and parameters', () => {
    const secret = async (properties: object) => {
      const Properties = { Name: 'key', ...properties };
      const { calls } = await create({ Key: { Type: 'AWS::SecretsManager::Secret', Properties } });
      return (inputOf(calls, 'secretsmanager CreateSecret') as { SecretString: string }).SecretString;
    };

    it('have the value that the template gives them', async () => {
      expect(await secret({ SecretString: 'given' })).to.equal('given');
    });

    it('are generated, alone or in a field of JSON', async () => {
      expect(await secret({ GenerateSecretString: { PasswordLength: 40 } })).to.match(/^\w{40}$/);
      expect(await secret({})).to.match(/^\w{32}$/);
      const within = { SecretStringTemplate: '{"user":"weir"}', GenerateStringKey: 'password', PasswordLength: 9 };
      const { user, password } = JSON.parse(await secret({ GenerateSecretString: within }));
      expect([user, password.length]).to.deep.equal(['weir', 9]);
    });

    it('keep the value that a secret has, and give a parameter the new one', async () => {
      const { Key, Name, Metrics } = EVERY_RESOURCE;
      const { calls } = await create({ Key, Name, Metrics }, (name) =>
        name.endsWith('CreateSecret') ? refused('ResourceExistsException') : undefined,
      );
      expect(inputOf(calls, 'ssm PutParameter')).to.deep.equal({
        ...{ Name: '/weir/name', Type: 'String', Value: 'metrics', Overwrite: true },
      });
    });
  });

  describe('of topics', () => {
    it('have the subscriptions that are written in them', async () => {
      const Subscription = [{ Protocol: 'sqs', Endpoint: 'arn:aws:sqs:us-east-1:000000000000:mails' }];
      const Properties = { TopicName: 'alerts', Subscription };
      const { calls } = await create({ Alerts: { Type: 'AWS::SNS::Topic', Properties } });
      expect(calls[1]).to.deep.equal([
        'sns Subscribe',
        { TopicArn: 'arn:aws:sns:us-east-1:000000000000:alerts', ...Subscription[0] },
      ]);
    });

    it('hand on what subscribers want of them', async () => {
      const Properties = {
        ...{ TopicArn: 't', Protocol: 'sqs', Endpoint: 'q', RawMessageDelivery: true },
        FilterPolicy: { kind: ['a'] },
      };
      const { calls } = await create({ Own: { Type: 'AWS::SNS::Subscription', Properties } });
      expect(calls[0]?.[1]).to.deep.equal({
        ...{ TopicArn: 't', Protocol: 'sqs', Endpoint: 'q' },
        ...{ 'Attributes.entry.1.key': 'RawMessageDelivery', 'Attributes.entry.1.value': 'true' },
        ...{ 'Attributes.entry.2.key': 'FilterPolicy', 'Attributes.entry.2.value': '{"kind":["a"]}' },
      });
    });
  });
});
