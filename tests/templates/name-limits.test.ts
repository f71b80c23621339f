import { expect } from 'chai';
import { checkNames } from './name-limits.ts';

const BUCKET = 'AWS::S3::Bucket';

describe('a name in a template', () => {
  const check = (Type: string, Properties: object) =>
    checkNames({ name: 'api', template: { Resources: { It: { Type, Properties: { ...Properties } } } } }, 'dev');
  const sub = (text: string, values: object = {}) => ({ 'Fn::Sub': [text, values] });

  it('may be as long as AWS says, or be left to CloudFormation', () => {
    expect(check('AWS::Lambda::Function', { FunctionName: 'f'.repeat(64) })).to.deep.equal([]);
    expect(check(BUCKET, { BucketName: { 'Fn::Sub': `${'b'.repeat(51)}\${AWS::AccountId}` } })).to.deep.equal([]);
    expect(check('AWS::Backup::BackupVault', { BackupVaultName: sub(`${'v'.repeat(38)}\${Part}`) })).to.deep.equal([]);
    expect(check('AWS::SQS::Queue', {})).to.deep.equal([]);
  });

  it('may refer to another resource, or have nothing of the stage', () => {
    expect(check('AWS::Lambda::Permission', { FunctionName: { Ref: 'Function' } })).to.deep.equal([]);
    expect(check('AWS::Lambda::Alias', { Name: 'live' })).to.deep.equal([]);
  });

  const refused: readonly [string, object, RegExp][] = [
    ['AWS::Lambda::Function', { FunctionName: 'f'.repeat(65) }, /^It: f+ has 65 characters, and may have 64$/],
    [
      BUCKET,
      { BucketName: { 'Fn::Sub': `${'b'.repeat(52)}\${AWS::AccountId}` } },
      /has 64 characters, and may have 63/,
    ],
    ['AWS::Backup::BackupVault', { BackupVaultName: sub(`${'v'.repeat(39)}\${Part}`) }, /has 51 characters/],
    ['AWS::SQS::Queue', { QueueName: { 'Fn::Join': ['-', ['q'.repeat(79), 'x']] } }, /has 81 characters/],
    [BUCKET, { BucketName: 'weir_archive' }, /characters that AWS::S3::Bucket does not take/],
    [
      'AWS::Scheduler::Schedule',
      { Name: 'weir-dev-clock' },
      /^It: how long may Name of AWS::Scheduler::Schedule be\?$/,
    ],
  ];
  for (const [type, properties, problem] of refused) {
    it(`is refused: ${problem.source}`, () => expect(check(type, properties).join('\n')).to.match(problem));
  }

  it('is refused as that of a stack with more than 128 characters', () => {
    expect(checkNames({ name: 'api', template: { Resources: {} } }, 's'.repeat(120))).to.have.length(1);
  });
});
