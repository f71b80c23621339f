import { type RecordedNeed, readPolicy } from '@weir/local/rights';
import { expect } from 'chai';
import { checkGrants } from './check-grants.ts';
import type { Reason } from './reasons.ts';

const allow = (Action: readonly string[], Resource: readonly string[]) => ({ Effect: 'Allow', Action, Resource });
const need = (action: string, resource: string, role = 'f'): RecordedNeed => ({ role, action, resource, test: 'x.ts' });
const reason = (actions: readonly string[], more: Partial<Reason> = {}): Reason => ({
  ...{ roles: '*', actions, reason: 'because' },
  ...more,
});

describe('grants beside a record of calls', () => {
  const check = (statements: readonly object[], needs: readonly RecordedNeed[], reasons: readonly Reason[] = []) =>
    checkGrants([{ name: 'f', policy: readPolicy(statements) }], needs, reasons);
  const none = { refused: [], needless: [], reasonless: [] };

  it('are needed if a call is refused without them', () => {
    const statements = [allow(['s3:GetObject', 's3:PutObject'], ['arn:a/*', 'arn:b/*'])];
    const needs = [need('s3:GetObject', 'arn:a/1'), need('s3:GetObject', 'arn:b/1'), need('s3:PutObject', 'arn:a/1')];
    expect(check(statements, needs)).to.deep.equal({ ...none, needless: ['f: s3:PutObject on arn:b/*'] });
  });

  it('are not needed beside another grant that allows the same calls', () => {
    const statements = [allow(['s3:GetObject'], ['arn:a/*']), allow(['s3:Get*'], ['arn:a/b/*'])];
    const needless = ['f: s3:GetObject on arn:a/*', 'f: s3:Get* on arn:a/b/*'];
    expect(check(statements, [need('s3:GetObject', 'arn:a/b/1')])).to.deep.equal({ ...none, needless });
    const both = [need('s3:GetObject', 'arn:a/b/1'), need('s3:GetObject', 'arn:a/c')];
    expect(check(statements, both)).to.deep.equal({ ...none, needless: needless.slice(1) });
  });

  it('are missing where a recorded call is not allowed', () => {
    const statements = [allow(['s3:GetObject'], ['arn:a/*'])];
    const needs = [need('s3:GetObject', 'arn:a/1'), need('s3:GetObject', 'arn:c'), need('s3:GetObject', 'c', 'other')];
    expect(check(statements, needs).refused).to.deep.equal(['f: s3:GetObject on arn:c (x.ts)']);
  });

  it('may have a reason instead of a call, as long as no call needs them', () => {
    const statements = [allow(['s3:GetObject'], ['arn:a/*', 'arn:b/*'])];
    const needs = [need('s3:GetObject', 'arn:a/1')];
    expect(check(statements, needs, [reason(['s3:GetObject'], { resource: 'arn:b/*' })])).to.deep.equal(none);
    expect(check(statements, needs, [reason(['s3:GetObject'])]).reasonless).to.deep.equal([
      'the reason of * for s3:GetObject: f needs s3:GetObject (x.ts)',
    ]);
    const sometimes = reason(['s3:GetObject'], { sometimes: true });
    expect(check(statements, needs, [sometimes])).to.deep.equal(none);
    expect(check(statements, needs, [reason(['s3:Old'])]).reasonless).to.deep.equal([
      'the reason of * for s3:Old: no role has such a grant',
    ]);
  });

  it('may have a reason only where they have a condition', () => {
    const conditionKey = 's3:prefix';
    const limited = { ...allow(['s3:ListBucket'], ['arn:a']), Condition: { StringEquals: { [conditionKey]: 'x' } } };
    const statements = [allow(['s3:ListBucket'], ['arn:a']), limited];
    const why = reason(['s3:ListBucket'], { conditionKey });
    expect(check(statements, [need('s3:ListBucket', 'arn:a')], [why])).to.deep.equal(none);
    expect(check(statements, [], [why]).needless).to.deep.equal(['f: s3:ListBucket on arn:a']);
  });
});
