import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readPolicy } from '../policy/policy.ts';
import { type RecordedNeed, recordNeeds, testFileOf } from './record-needs.ts';

describe('the record of what roles are asked for', () => {
  let dir: string;
  let file: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'weir-record-'));
    file = join(dir, 'calls');
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  const policy = readPolicy([{ Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:a/*', 'arn:b/*'] }]);
  const ask = (onNeed: ReturnType<typeof recordNeeds>, ...resources: readonly string[]) => {
    for (const resource of resources) {
      const need = { action: 's3:GetObject', resource };
      onNeed('f', need, policy.allowing(need));
    }
  };
  const lines = () =>
    readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as RecordedNeed);

  it('has one line for all needs that the same grants allow, and one for each that nothing allows', () => {
    ask(recordNeeds(file), 'arn:a/1', 'arn:a/2', 'arn:b/1', 'arn:c/1', 'arn:c/2', 'arn:a/3', 'arn:c/1');
    expect(lines().map(({ resource }) => resource)).to.deep.equal(['arn:a/1', 'arn:b/1', 'arn:c/1', 'arn:c/2']);
  });

  it('has one line for each of the statements that differ in their conditions alone', () => {
    const under = (key: string) => ({
      ...{ Effect: 'Allow', Action: ['dynamodb:Query'], Resource: ['arn:t'] },
      Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [key] } },
    });
    const roles = readPolicy([under('alerts'), under('connections')]);
    const onNeed = recordNeeds(file);
    for (const key of ['alerts', 'connections', 'alerts']) {
      const need = { action: 'dynamodb:Query', resource: 'arn:t', context: { 'dynamodb:LeadingKeys': [key] } };
      onNeed('f', need, roles.allowing(need));
    }
    const keys = lines().map(({ context }) => context?.['dynamodb:LeadingKeys']);
    expect(keys).to.deep.equal([['alerts'], ['connections']]);
  });

  it('names the test file that runs', () => {
    const onNeed = recordNeeds(file);
    ask(onNeed, 'arn:a/1');
    writeFileSync(testFileOf(file), 'x.connected.test.ts');
    ask(onNeed, 'arn:b/1');
    expect(lines().map(({ test }) => test)).to.deep.equal([undefined, 'x.connected.test.ts']);
  });

  it('ends at a number of lines that no run reaches', () => {
    ask(recordNeeds(file), ...Array.from({ length: 6_000 }, (_, index) => `arn:c/${index}`));
    expect(lines()).to.have.length(5_000);
  });
});
