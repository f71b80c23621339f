import { expect } from 'chai';
import type { AwsClient, AwsOutcome } from '../../aws-calls/aws-client.ts';
import { openTableStream } from './table-stream-client.ts';

const NOW = 1_764_000_000_000;
const LABEL = '2025-11-24T16:00:00.000';
const EMULATOR_ARN = `arn:aws:dynamodb:ddblocal:000000000000:table/notes/stream/${LABEL}`;

interface Call {
  readonly action: string;
  readonly body: Readonly<Record<string, unknown>>;
}

const ok = (json: object): AwsOutcome => ({ ok: true, json: json as Record<string, unknown>, headers: new Headers() });
const record = (number: number, arrival: number, more: object = {}) => ({
  eventID: `e${number}`,
  eventName: 'INSERT',
  eventVersion: '1.1',
  eventSource: 'aws:dynamodb',
  awsRegion: 'ddblocal',
  dynamodb: {
    ApproximateCreationDateTime: arrival,
    Keys: { id: { S: `n${number}` } },
    SequenceNumber: String(number).padStart(21, '0'),
    SizeBytes: 10,
    StreamViewType: 'NEW_IMAGE',
  },
  ...more,
});

describe('the client of a table stream', () => {
  const calls: Call[] = [];
  const lines: string[] = [];
  beforeEach(() => {
    calls.length = 0;
    lines.length = 0;
  });

  const open = (answers: Readonly<Record<string, (body: Call['body']) => AwsOutcome>>) => {
    const described = ok({ Table: { LatestStreamArn: EMULATOR_ARN, LatestStreamLabel: LABEL } });
    const answered: typeof answers = { DescribeTable: () => described, ...answers };
    const json: AwsClient['json'] = async (_service, action, body) => {
      calls.push({ action, body: body as Call['body'] });
      return (
        answered[action]?.(body as Call['body']) ?? { ok: false, code: 'UnknownOperationException', message: action }
      );
    };
    const aws = { json } as AwsClient;
    const place = { tableName: 'notes', region: 'eu-west-1', account: '000000000000' };
    return openTableStream({
      ...{ aws, ...place, now: () => NOW },
      log: (line) => void lines.push(line),
    });
  };

  it('calls the stream what AWS calls it', async () => {
    const { streamArn, creation } = await open({});
    expect(streamArn).to.equal(`arn:aws:dynamodb:eu-west-1:000000000000:table/notes/stream/${LABEL}`);
    expect(creation).to.equal(LABEL);
  });

  it('says that a table has no stream, or is not there', async () => {
    const problemOf = (answer: AwsOutcome) =>
      open({ DescribeTable: () => answer }).then(
        () => undefined,
        (error: Error) => error.message,
      );
    expect(await problemOf(ok({ Table: {} }))).to.equal('The table notes has no stream');
    const missing: AwsOutcome = { ok: false, code: 'ResourceNotFoundException', message: 'no table' };
    expect(await problemOf(missing)).to.equal('ResourceNotFoundException: no table');
  });

  it('lists shards page by page', async () => {
    const { port } = await open({
      DescribeStream: ({ ExclusiveStartShardId }) =>
        ok({
          StreamDescription:
            ExclusiveStartShardId === undefined
              ? { Shards: [{ ShardId: 'a' }], LastEvaluatedShardId: 'a' }
              : { Shards: [{ ShardId: 'b', ParentShardId: 'a' }], LastEvaluatedShardId: null },
        }),
    });
    expect(await port.shards()).to.deep.equal([
      { shardId: 'a', parents: [] },
      { shardId: 'b', parents: ['a'] },
    ]);
  });

  it("makes Lambda's records, and asks for no more than DynamoDB takes", async () => {
    const { port, streamArn } = await open({
      GetRecords: () => ok({ Records: [record(7, NOW / 1000)], NextShardIterator: 'next' }),
    });
    const { records, next } = await port.read('a', 'here', 10_000);
    expect(next).to.equal('next');
    expect(calls.at(-1)?.body).to.deep.equal({ ShardIterator: 'here', Limit: 1000 });
    expect(records[0]?.sequenceNumber).to.equal('000000000000000000007');
    expect(records[0]?.eventRecord).to.deep.equal({
      ...record(7, NOW / 1000),
      awsRegion: 'eu-west-1',
      eventSourceARN: streamArn,
    });
  });

  it('knows the end of a shard, and what the expiry of the table removed', async () => {
    const userIdentity = { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' };
    const expired = record(8, NOW / 1000, { eventName: 'MODIFY', userIdentity });
    const { port } = await open({ GetRecords: () => ok({ Records: [expired], NextShardIterator: null }) });
    const { records, next } = await port.read('a', 'here', 10);
    expect(next).to.equal(undefined);
    expect(records[0]?.eventRecord).to.deep.include({
      eventName: 'REMOVE',
      userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
    });
  });

  it('loses what is older than 24 hours, and says so', async () => {
    const old = NOW / 1000 - 86_400 - 61;
    const { port } = await open({
      GetRecords: () =>
        ok({ Records: [record(1, old), record(2, old), record(3, old + 2)], NextShardIterator: 'next' }),
    });
    const { records } = await port.read('a', 'here', 10);
    expect(records.map(({ sequenceNumber }) => Number(sequenceNumber))).to.deep.equal([3]);
    expect(lines).to.deep.equal(['a: 2 records are lost: nothing read them while the stream kept them']);
  });

  it('takes a record for as young as it may be, as DynamoDB Local tells only the minute', async () => {
    const { port } = await open({
      GetRecords: () =>
        ok({ Records: [record(1, NOW / 1000 - 90), record(2, NOW / 1000 - 30)], NextShardIterator: 'next' }),
    });
    const { records } = await port.read('a', 'here', 10);
    expect(records.map(({ arrival }) => arrival - NOW / 1000)).to.deep.equal([-30, 0]);
  });

  it('goes on with what is left when its checkpoint has been trimmed', async () => {
    const { port } = await open({
      GetShardIterator: ({ ShardIteratorType }) =>
        ShardIteratorType === 'TRIM_HORIZON'
          ? ok({ ShardIterator: 'horizon' })
          : { ok: false, code: 'TrimmedDataAccessException', message: 'gone' },
    });
    expect(await port.iterator('a', { from: 'AFTER', sequenceNumber: '1' })).to.equal('horizon');
    expect(calls.at(-2)?.body).to.include({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: '1' });
  });
});
