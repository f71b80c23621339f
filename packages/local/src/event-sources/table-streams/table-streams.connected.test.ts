import { expect } from 'chai';
import { until } from '../../testing/until.ts';
import { streamContract } from '../streams/testing/stream-port.contract.ts';
import { type LocalService, startLocalService } from '../testing/local-service.ts';
import { openTableStream } from './table-stream-client.ts';

const STREAM_ARN = { 'Fn::GetAtt': ['Notes', 'StreamArn'] };
const RESOURCES = {
  Notes: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName: 'notes',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    },
  },
  GivenUp: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'given-up' } },
  NotesStream: {
    Type: 'AWS::SSM::Parameter',
    Properties: { Name: '/weir/local/notes-stream', Type: 'String', Value: STREAM_ARN },
  },
};
const STREAM = { type: 'dynamodb', arn: STREAM_ARN };
const ON_FAILURE = { type: 'sqs', arn: { 'Fn::GetAtt': ['GivenUp', 'Arn'] } };
const STREAMS = {
  consume: STREAM,
  inserts: {
    ...STREAM,
    filterPatterns: [{ eventName: ['INSERT'], dynamodb: { NewImage: { kind: { S: ['good'] } } } }],
  },
  refuse: {
    ...STREAM,
    bisectBatchOnFunctionError: true,
    maximumRetryAttempts: 2,
    destinations: { onFailure: ON_FAILURE },
  },
  other: { type: 'dynamodb', arn: { Ref: 'StreamOfNotes' } },
};
const functions = Object.fromEntries(
  Object.entries(STREAMS).map(([key, own]) => [
    key,
    { name: `notes-local-${key}`, timeoutSeconds: 5, events: [{ stream: own }] },
  ]),
);
const PARAMETERS = {
  StreamOfNotes: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/weir/local/notes-stream' },
};

interface TableEventRecord {
  readonly eventName: string;
  readonly dynamodb: { readonly Keys: { readonly id: { readonly S: string } } };
}

describe('streams of tables', function () {
  this.timeout(120_000);
  let service: LocalService;
  before(async () => {
    service = await startLocalService({
      ...{ name: 'notes', resources: RESOURCES, parameters: PARAMETERS, functions, keepsState: true },
      behaviours: {
        'notes-local-refuse': ({ event }) => {
          if (JSON.stringify(event).includes('poison')) throw new Error('poison');
        },
      },
    });
    await service.register();
  });
  after(() => service?.end());

  const put = async (id: string, kind = 'good') => {
    const outcome = await service.aws.json('dynamodb', 'PutItem', {
      TableName: 'notes',
      Item: { id: { S: id }, kind: { S: kind } },
    });
    expect(outcome.ok, JSON.stringify(outcome)).to.equal(true);
  };
  const seen = (name: string) =>
    (service.lambda.recordsOf(`notes-local-${name}`) as unknown as readonly TableEventRecord[]).map(
      ({ eventName, dynamodb }) => `${eventName} ${dynamodb.Keys.id.S}`,
    );

  it("deliver writes as Lambda's event has them, and at once", async () => {
    const began = Date.now();
    await put('a');
    await until(() => seen('consume').length === 1);
    expect((service.lambda.of('notes-local-consume')[0]?.at ?? 0) - began).to.be.lessThan(500);
    await put('a', 'bad');
    await service.aws.json('dynamodb', 'DeleteItem', { TableName: 'notes', Key: { id: { S: 'a' } } });
    await until(() => seen('consume').length === 3);
    expect(seen('consume')).to.deep.equal(['INSERT a', 'MODIFY a', 'REMOVE a']);
    const [, modified] = service.lambda.recordsOf('notes-local-consume');
    expect(modified).to.include({ eventSource: 'aws:dynamodb', eventVersion: '1.1', awsRegion: 'us-east-1' });
    expect(modified?.eventSourceARN).to.match(/^arn:aws:dynamodb:us-east-1:000000000000:table\/notes\/stream\/2/);
    expect(modified?.dynamodb).to.deep.include({
      OldImage: { id: { S: 'a' }, kind: { S: 'good' } },
      NewImage: { id: { S: 'a' }, kind: { S: 'bad' } },
    });
  });

  it('deliver what the filter patterns match', async () => {
    await put('b', 'bad');
    await put('c');
    await until(() => seen('inserts').includes('INSERT c'));
    expect(seen('inserts')).to.deep.equal(['INSERT a', 'INSERT c']);
  });

  it("are found by the parameter in which another service's stream is written", async () => {
    await until(() => seen('other').includes('INSERT c'));
  });

  it('take a poison message, alone, to the on-failure destination, and go on', async () => {
    for (const id of ['d', 'e', 'f']) await put(id, id === 'e' ? 'poison' : 'good');
    let body: string | undefined;
    await until(async () => {
      [body] = await service.bodiesIn('given-up');
      return body !== undefined;
    });
    const { requestContext, DDBStreamBatchInfo } = JSON.parse(body ?? '{}');
    expect(requestContext).to.include({ condition: 'RetryAttemptsExhausted', approximateInvokeCount: 3 });
    expect(DDBStreamBatchInfo).to.include({ batchSize: 1 });
    await until(() => seen('refuse').includes('INSERT f'));
    const alone = service.lambda.of('notes-local-refuse').filter(({ event }) => {
      const [first, second] = (event.Records ?? []) as unknown as readonly TableEventRecord[];
      return second === undefined && first?.dynamodb.Keys.id.S === 'e';
    });
    expect(alone).to.have.length(3);
  });

  describe('by the contract of every stream', () => {
    let made = 0;
    streamContract({
      create: async () => {
        made += 1;
        const tableName = `contract-${made}`;
        const { TableName: _name, StreamSpecification, ...shape } = RESOURCES.Notes.Properties;
        const specification = { StreamSpecification: { StreamEnabled: true, ...StreamSpecification } };
        const { aws } = service;
        await aws.json('dynamodb', 'CreateTable', { TableName: tableName, ...shape, ...specification });
        const place = { tableName, region: 'us-east-1', account: '000000000000' };
        const { port } = await openTableStream({ aws, ...place, now: Date.now, log: () => {} });
        const put = async (number: number) => {
          await aws.json('dynamodb', 'PutItem', { TableName: tableName, Item: { id: { S: String(number) } } });
        };
        return { port, put };
      },
      numberOf: ({ eventRecord }) => Number((eventRecord as unknown as TableEventRecord).dynamodb.Keys.id.S),
    });
  });

  it('go on although the stream does not answer for a while', async () => {
    service.local.addFaults({ match: { service: 'streams.dynamodb' }, kind: 'error', times: 12 });
    await put('h');
    await until(() => seen('consume').includes('INSERT h'));
    service.local.clearFaults();
  });

  it('go on from their checkpoints after a restart', async () => {
    await until(() => seen('consume').includes('INSERT h'));
    await service.restart();
    await put('g');
    await service.register();
    await until(() => seen('consume').length > 0);
    expect(seen('consume')).to.deep.equal(['INSERT g']);
  });
});
