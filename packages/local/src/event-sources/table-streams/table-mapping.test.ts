import { expect } from 'chai';
import type { AwsCall } from '../../aws-calls/aws-call.ts';
import { declaredMappings } from '../mappings/declared-mappings.ts';
import { SYSTEM_CLOCK } from '../mappings/source-clock.ts';
import type { StreamMappingDeps } from '../streams/stream-mapping.ts';
import { functionEvent } from '../testing/function-event.ts';
import { readTableStreamSettings, tableMapping } from './table-mapping.ts';

const DAY_MS = 86_400_000;

describe('a mapping of a table stream', () => {
  for (const [seconds, expected] of [
    [undefined, DAY_MS],
    [-1, DAY_MS],
    [60, 60_000],
    [604_800, DAY_MS],
  ] as const) {
    it(`gives records of ${expected / 1000} s up where the limit is ${seconds}`, () => {
      const settings = readTableStreamSettings({ maximumRecordAgeInSeconds: seconds });
      expect(settings.maximumRecordAgeMs).to.equal(expected);
    });
  }

  it('has no AT_TIMESTAMP, as on AWS', () => {
    const settings = { startingPosition: 'AT_TIMESTAMP', startingPositionTimestamp: 1 };
    expect(() => readTableStreamSettings(settings)).to.throw(/no startingPosition AT_TIMESTAMP/);
  });

  it('is woken by what may write to its table, and by nothing else', () => {
    const resources = { Notes: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'notes' } } };
    const stream = { type: 'dynamodb', arn: { 'Fn::GetAtt': ['Notes', 'StreamArn'] } };
    const invoke = async () => ({ outcome: 'unreachable' }) as const;
    const [declared] = declaredMappings(functionEvent([{ stream }], { invoke, resources }));
    const deps = { clock: SYSTEM_CLOCK, log: () => {} } as unknown as StreamMappingDeps;
    const mapping = declared && tableMapping(declared, deps);
    expect(mapping?.source).to.equal('the stream of the table notes');
    const wakes = (service: string, action: string, resource?: string) =>
      mapping?.isWokenBy({ service, action, resource } as AwsCall);
    for (const action of ['PutItem', 'UpdateItem', 'DeleteItem', 'ExecuteStatement', 'BatchExecuteStatement']) {
      expect(wakes('dynamodb', action, 'notes'), action).to.equal(true);
    }
    expect(wakes('dynamodb', 'TransactWriteItems', 'others,notes')).to.equal(true);
    expect(wakes('dynamodb', 'ExecuteTransaction')).to.equal(true);
    expect(wakes('dynamodb', 'PutItem', 'others')).to.equal(false);
    expect(wakes('kinesis', 'PutRecord', 'notes')).to.equal(false);
    for (const action of ['GetItem', 'BatchGetItem', 'TransactGetItems', 'Query', 'Scan', 'DescribeTable']) {
      expect(wakes('dynamodb', action, 'notes'), action).to.equal(false);
    }
  });
});
