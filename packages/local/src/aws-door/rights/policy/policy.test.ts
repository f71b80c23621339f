import { expect } from 'chai';
import fc from 'fast-check';
import { matchesPattern, type Need, readPolicy } from './policy.ts';

const ALLOW = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::archive/events/*' };
const READ: Need = { action: 's3:GetObject', resource: 'arn:aws:s3:::archive/events/a' };

describe('a policy', () => {
  const table: readonly [what: string, statements: readonly object[], need: Need, allowed: boolean][] = [
    ['nothing', [], READ, false],
    ['what a statement allows', [ALLOW], READ, true],
    ['actions in any case', [{ ...ALLOW, Action: ['S3:getobject'] }], READ, true],
    ['another action', [{ ...ALLOW, Action: ['s3:PutObject'] }], READ, false],
    ['another resource', [ALLOW], { ...READ, resource: 'arn:aws:s3:::archive/quarantine/a' }, false],
    ['wildcards in actions', [{ ...ALLOW, Action: 's3:Get*' }], READ, true],
    ['one of several resources', [{ ...ALLOW, Resource: ['arn:x', '*'] }], READ, true],
    ['what a statement denies', [ALLOW, { ...ALLOW, Effect: 'Deny', Resource: '*' }], READ, false],
    ['beside what a statement denies', [ALLOW, { ...ALLOW, Effect: 'Deny', Resource: 'arn:x' }], READ, true],
    ['an unnamed resource', [ALLOW], { action: 's3:GetObject', resource: undefined }, true],
  ];
  for (const [what, statements, need, allowed] of table) {
    it(`${allowed ? 'allows' : 'does not allow'} ${what}`, () => {
      expect(readPolicy(statements).allows(need)).to.equal(allowed);
    });
  }

  const list = { action: 's3:ListBucket', resource: 'arn:aws:s3:::archive' };
  const conditions: readonly [
    operator: string,
    value: string | string[],
    prefix: string | undefined,
    allowed: boolean,
  ][] = [
    ['StringEquals', 'events/', 'events/', true],
    ['StringEquals', 'events/*', 'events/a', false],
    ['StringLike', ['x', 'events/*'], 'events/a', true],
    ['ArnLike', 'events/*', 'events/a', true],
    ['ArnEquals', 'events/?', 'events/a', true],
    ['StringLike', '*', undefined, false],
  ];
  for (const [operator, value, prefix, allowed] of conditions) {
    it(`${allowed ? 'passes' : 'holds back'} the prefix ${prefix} under ${operator} ${value}`, () => {
      const Condition = { [operator]: { 's3:prefix': value } };
      const policy = readPolicy([{ Effect: 'Allow', Action: 's3:ListBucket', Resource: '*', Condition }]);
      const context = prefix === undefined ? {} : { 's3:prefix': prefix };
      expect(policy.allows({ ...list, context })).to.equal(allowed);
    });
  }

  for (const [keys, allowed] of [
    [['endpoints'], true],
    [['endpoints', 'deliveries#1'], true],
    [['endpoints', 'alerts'], false],
    [undefined, true],
  ] as const) {
    it(`${allowed ? 'passes' : 'holds back'} the leading keys ${keys} where all must match`, () => {
      const Condition = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['endpoints', 'deliveries#*'] } };
      const policy = readPolicy([{ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: '*', Condition }]);
      const context = keys === undefined ? {} : { 'dynamodb:LeadingKeys': keys };
      expect(policy.allows({ action: 'dynamodb:GetItem', resource: 'arn:t', context })).to.equal(allowed);
    });
  }

  for (const [sender, allowed] of [
    ['weir@mail.example', true],
    ['other@mail.example', false],
    [undefined, false],
  ] as const) {
    it(`${allowed ? 'passes' : 'holds back'} a mail from ${sender}`, () => {
      const Condition = { StringEquals: { 'ses:FromAddress': 'weir@mail.example' } };
      const policy = readPolicy([{ Effect: 'Allow', Action: 'ses:SendEmail', Resource: '*', Condition }]);
      const context = sender === undefined ? {} : { 'ses:FromAddress': sender };
      expect(policy.allows({ action: 'ses:SendEmail', resource: 'arn:i', context })).to.equal(allowed);
    });
  }

  const unknown: readonly [what: string, statement: object, message: RegExp][] = [
    ['an element', { ...ALLOW, NotAction: 's3:*' }, /NotAction/],
    ['an effect', { ...ALLOW, Effect: 'allow' }, /Effect allow/],
    ['an operator', { ...ALLOW, Condition: { Bool: { 's3:prefix': 'true' } } }, /operator Bool/],
    ['a key', { ...ALLOW, Condition: { StringLike: { 'aws:userid': 'a' } } }, /key aws:userid/],
    ['a resource that is not resolved', { ...ALLOW, Resource: { 'Fn::If': [] } }, /Fn::If/],
    ["one of IAM's variables", { ...ALLOW, Resource: `arn:$${'{aws:username}'}` }, /aws:username/],
    ['a denied resource', { ...ALLOW, Effect: 'Deny', Resource: 'DataKeyArn' }, /DataKeyArn/],
    ['an action that is missing', { Effect: 'Allow', Resource: '*' }, /Action/],
  ];
  for (const [what, statement, message] of unknown) {
    it(`is an error with ${what} that is not known`, () => {
      expect(() => readPolicy([statement])).to.throw(message);
    });
  }
});

describe('wildcards', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?') });

  it('match as the regular expression of the same meaning', () => {
    fc.assert(
      fc.property(letters, letters, (pattern, text) => {
        const source = pattern.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.');
        expect(matchesPattern(pattern, text)).to.equal(new RegExp(`^${source}$`).test(text));
      }),
      { numRuns: 2000 },
    );
  });
});
