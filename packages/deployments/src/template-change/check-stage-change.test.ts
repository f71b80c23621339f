import { expect } from 'chai';
import { checkStageChange } from './check-stage-change.ts';
import type { Template } from './comparison/template.ts';

const table = (TableName: string) => ({ Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName } } });
const NOTHING: Template = { Resources: {} };

describe('the change of a stage', () => {
  it('is the change of each service, in the order of a deployment', () => {
    const before = new Map([
      ['api', { Resources: {} }],
      ['reports', { Resources: table('weir-dev-files') }],
    ]);
    const moved = new Map([
      ['api', { Resources: table('weir-dev-files') }],
      ['reports', NOTHING],
    ]);
    const rules = (one: Map<string, Template>, other: Map<string, Template>) =>
      checkStageChange(one, other).map(({ where, rule }) => `${where} ${rule}`);
    // What reports loses first, api may have; in the other direction the name is not yet free.
    expect(rules(before, moved)).to.deep.equal(['reports/Table data-removed']);
    expect(rules(moved, before)).to.deep.equal([
      ...['reports/Table other-stack', 'api/Table data-removed', 'api/Table still-named'],
    ]);
  });

  it('takes away a canary, whose name is also that of the API that a dashboard shows', () => {
    const Properties = { ApplicationName: 'weir-api-dev' };
    const canary = { Resources: { Canary: { Type: 'AWS::CodeDeploy::Application', Properties } } };
    const reports = { Resources: { Board: { Type: 'AWS::X', Properties: { Shows: 'weir-api-dev' } } } };
    const stage = (api: Template) =>
      new Map([
        ['api', api],
        ['reports', reports],
      ] as const);
    expect(checkStageChange(stage(canary), stage(NOTHING))).to.deep.equal([]);
  });

  it('takes a service that is new for a new stack', () => {
    expect(checkStageChange(new Map(), new Map([['api', { Resources: table('a') }]]))).to.deep.equal([]);
  });
});
