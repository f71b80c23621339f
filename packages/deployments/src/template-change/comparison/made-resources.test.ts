import { expect } from 'chai';
import { madeResources } from './made-resources.ts';

const YES = { 'Fn::Equals': ['a', 'a'] };
const NO = { 'Fn::Equals': ['a', ''] };
const UNKNOWN = { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] };

describe('the resources that a template makes', () => {
  const cases: readonly (readonly [object, boolean])[] = [
    [YES, true],
    [NO, false],
    [UNKNOWN, true],
    [{ 'Fn::Not': [YES] }, false],
    [{ 'Fn::Not': [UNKNOWN] }, true],
    [{ 'Fn::And': [UNKNOWN, NO] }, false],
    [{ 'Fn::And': [UNKNOWN, YES] }, true],
    [{ 'Fn::Or': [NO, { Condition: 'Yes' }] }, true],
    [{ 'Fn::Or': [NO, NO] }, false],
  ];
  for (const [condition, isMade] of cases) {
    it(`${isMade ? 'have' : 'lack'} one under ${JSON.stringify(condition)}`, () => {
      const Conditions = { Yes: YES, It: condition };
      const made = madeResources({ Conditions, Resources: { A: { Type: 'T' }, B: { Type: 'T', Condition: 'It' } } });
      expect(Object.keys(made)).to.deep.equal(isMade ? ['A', 'B'] : ['A']);
    });
  }
});
