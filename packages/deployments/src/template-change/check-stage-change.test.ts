import { expect } from 'chai';
import { checkStageChange } from './check-stage-change.ts';
import type { Resources, Template } from './comparison/template.ts';

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

  describe('that gives up a name', () => {
    const arn = (service: string, name: string) =>
      `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${name}`;
    const canary = { Type: 'AWS::CodeDeploy::Application', Properties: { ApplicationName: 'weir-api-dev' } };
    const api = { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'weir-api-dev' } };
    const found = (before: Resources, after: Resources, named: string) => {
      const body = { 'Fn::Sub': JSON.stringify({ named: [arn('sns', 'weir-dev-other'), named] }) };
      const reports = { Resources: { Board: { Type: 'AWS::X', Properties: { body } } } };
      const stage = (Resources: Resources) =>
        new Map<string, Template>([['api', { Resources }]]).set('reports', reports);
      return checkStageChange(stage(before), stage(after)).map(({ where, rule }) => `${where} ${rule}`);
    };

    it('misses nothing of a canary, whose name is also that of an alarm', () => {
      expect(found({ canary, api }, { api }, arn('cloudwatch', 'alarm:weir-api-dev'))).to.deep.equal([]);
      expect(found({ canary }, {}, arn('cloudwatch', 'alarm:weir-api-dev'))).to.deep.equal([]);
    });

    it('finds that another service still uses a canary, also where something else has the same name', () => {
      const named = arn('codedeploy', 'application:weir-api-dev');
      expect(found({ canary, api }, { api }, named)).to.deep.equal(['api/canary still-named']);
      expect(found({ canary }, {}, 'weir-api-dev')).to.deep.equal(['api/canary still-named']);
    });

    it('knows the name of a REST API, of which its metrics are', () => {
      const renamed = { ...api, Properties: { Name: 'weir-api-2' } };
      expect(found({ canary, api }, { api }, 'weir-api-dev')).to.deep.equal([]);
      expect(found({ api }, { api: renamed }, 'weir-api-dev')).to.deep.equal(['api/api still-named']);
    });
  });

  it('takes a service that is new for a new stack', () => {
    expect(checkStageChange(new Map(), new Map([['api', { Resources: table('a') }]]))).to.deep.equal([]);
  });
});
