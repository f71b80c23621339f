/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: CloudFormation's, not ours */

import { expect } from 'chai';
import type { RoleCheck } from '../aws-door/rights/needs/acting-needs.ts';
import type { ServiceRegistration } from '../registration/service-registration.ts';
import { everyRight } from '../testing/every-right.ts';
import { machinesOf } from './machine.ts';

const STATES = {
  StartAt: 'All',
  States: {
    All: {
      Type: 'Map',
      ItemProcessor: { StartAt: 'One', States: { One: { Type: 'Task', Resource: '${ShrinkArn}', End: true } } },
      Next: 'Both',
    },
    Both: {
      Type: 'Parallel',
      Branches: [{ StartAt: 'Two', States: { Two: { Type: 'Task', Resource: '${KeysArn}', End: true } } }],
      End: true,
    },
    Wait: { Type: 'Wait', Seconds: 1, End: true },
  },
};

function machines(Properties: Readonly<Record<string, unknown>>, checkOf = (_role: string) => everyRight) {
  const registration: ServiceRegistration = {
    ...{ name: 'weir-api', stage: 'local', region: 'eu-west-1', lambdaUrl: 'http://127.0.0.1:9', extensions: {} },
    resources: {
      Machine: { Type: 'AWS::StepFunctions::StateMachine', Properties: { StateMachineName: 'erase', ...Properties } },
      Role: { Type: 'AWS::IAM::Role' },
      Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 't' } },
    },
    functions: Object.fromEntries(
      ['shrink', 'keys'].map((key) => [key, { name: `weir-api-local-${key}`, timeoutSeconds: 5, events: [] }]),
    ),
  };
  return machinesOf(registration, { awsUrl: 'http://127.0.0.1:4566', checkOf });
}

describe('the state machines of a template', () => {
  const DefinitionSubstitutions = {
    ShrinkArn: { 'Fn::GetAtt': ['ShrinkLambdaFunction', 'Arn'] },
    KeysArn: { 'Fn::GetAtt': ['KeysLambdaFunction', 'Arn'] },
  };

  for (const [what, definition] of [
    ['an object', { Definition: STATES }],
    ['a text', { DefinitionString: JSON.stringify(STATES) }],
  ] as const) {
    it(`have their definition from ${what}, with all that is put into it`, () => {
      const [machine, ...others] = machines({ ...definition, DefinitionSubstitutions });
      expect(others).to.deep.equal([]);
      expect(machine).to.include({ name: 'erase', arn: 'arn:aws:states:eu-west-1:000000000000:stateMachine:erase' });
      const text = JSON.stringify(machine?.definition);
      expect(text).to.include('"arn:aws:lambda:eu-west-1:000000000000:function:weir-api-local-shrink"');
      expect(text).not.to.include('${');
    });
  }

  it('call the functions of their tasks, inside of maps and branches too', () => {
    const [machine] = machines({ Definition: STATES, DefinitionSubstitutions });
    expect([...(machine?.tasks.keys() ?? [])]).to.deep.equal(['One', 'Two']);
  });

  it('give a task the time that it names, and a task that names none weeks, as in Step Functions', () => {
    const task = (timeout: object) => ({ Type: 'Task', Resource: '${KeysArn}', ...timeout, End: true });
    const Branches = [{ StartAt: 'Inner', States: { Inner: task({}) } }];
    const States = {
      Named: task({ TimeoutSeconds: 960 }),
      Unnamed: task({}),
      // A timer of Node ends at once if it is to wait as long as this.
      Longest: task({ TimeoutSeconds: 99_999_999 }),
      Path: task({ TimeoutSecondsPath: '$.seconds' }),
      Both: { Type: 'Parallel', Branches, End: true },
    };
    const [machine] = machines({ Definition: { StartAt: 'Named', States }, DefinitionSubstitutions });
    const text = JSON.stringify(machine?.definition, [
      'States',
      'Branches',
      ...Object.keys(States),
      'Inner',
      'TimeoutSeconds',
    ]);
    expect(JSON.parse(text)).to.deep.equal({
      States: {
        Named: { TimeoutSeconds: 960 },
        Unnamed: { TimeoutSeconds: 2_147_483 },
        Longest: { TimeoutSeconds: 2_147_483 },
        Path: {},
        Both: { Branches: [{ States: { Inner: { TimeoutSeconds: 2_147_483 } } }] },
      },
    });
  });

  it('call only the functions that their role allows: a task fails as in Step Functions', async () => {
    const asked: unknown[] = [];
    const checkOf =
      (role: string): RoleCheck =>
      (needs) => {
        asked.push([role, ...needs]);
        return 'the role lacks it';
      };
    const RoleArn = { 'Fn::GetAtt': ['Role', 'Arn'] };
    const [machine] = machines({ Definition: STATES, DefinitionSubstitutions, RoleArn }, checkOf);
    expect(await machine?.tasks.get('One')?.({})).to.deep.equal({
      outcome: 'failed',
      reason: '{"errorType":"Lambda.AWSLambdaException","errorMessage":"AccessDenied: the role lacks it"}',
    });
    const resource = 'arn:aws:lambda:eu-west-1:000000000000:function:weir-api-local-shrink';
    const need = { action: 'lambda:InvokeFunction', resource };
    expect(asked).to.deep.equal([['arn:aws:iam::000000000000:role/Role', need]]);
  });
});
