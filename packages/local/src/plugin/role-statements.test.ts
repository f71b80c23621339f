import { expect } from 'chai';
import { roleStatements } from './role-statements.ts';
import type { ServerlessFunction, ServerlessService } from './serverless-instance.ts';

const OWN = { Effect: 'Allow', Action: 's3:ListBucket', Resource: '*' };
const SHARED = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:jobs';
const TOPIC = { 'Fn::GetAtt': ['Topic', 'Arn'] };

function actions(
  functions: Record<string, Partial<ServerlessFunction>>,
  more: { readonly provider?: Partial<ServerlessService['provider']>; readonly custom?: Record<string, unknown> } = {},
): readonly string[] | undefined {
  const named = new Map(Object.entries(functions).map(([name, one]) => [name, { name, ...one } as ServerlessFunction]));
  const service: ServerlessService = {
    ...{ service: 'weir', custom: more.custom ?? {} },
    provider: { stage: 'local', region: 'us-east-1', ...more.provider },
    getAllFunctions: () => [...named.keys()],
    getFunction: (key) => named.get(key) as ServerlessFunction,
  };
  return roleStatements(service, 'f')?.flatMap(({ Action = [], Resource }) =>
    [Action].flat().map((action) => `${action} ${typeof Resource === 'string' ? Resource : JSON.stringify(Resource)}`),
  );
}

describe('the statements of a role', () => {
  const given = { iamRoleStatements: [OWN] };

  it("are the function's own, and what it takes to write its log", () => {
    const all = actions({ f: given });
    const group =
      'arn:$' + '{AWS::Partition}:logs:$' + '{AWS::Region}:$' + '{AWS::AccountId}:log-group:/aws/lambda/f:*';
    expect(all).to.deep.equal([
      `logs:CreateLogStream [{"Fn::Sub":"${group}"}]`,
      `logs:PutLogEvents [{"Fn::Sub":"${group}"}]`,
      's3:ListBucket *',
    ]);
  });

  it('read what its events name, and publish what it fails at', () => {
    const events = [{ sqs: QUEUE }, { stream: { type: 'kinesis', arn: TOPIC } }];
    const all = actions({ f: { ...given, events, onError: TOPIC } });
    expect(all).to.include.members([`sqs:DeleteMessage ["${QUEUE}"]`, `sns:Publish [${JSON.stringify(TOPIC)}]`]);
    expect(all).to.include(`kinesis:GetRecords [${JSON.stringify(TOPIC)}]`);
  });

  it("are the provider's too if it inherits them", () => {
    const provider = { iam: { role: { statements: [SHARED] } } };
    expect(actions({ f: given }, { provider })).to.not.include('s3:GetObject *');
    const inherits = { ...given, iamRoleStatementsInherit: true };
    expect(actions({ f: inherits }, { provider })).to.include('s3:GetObject *');
    const custom = { 'serverless-iam-roles-per-function': { defaultInherit: true } };
    expect(actions({ f: given }, { provider, custom })).to.include('s3:GetObject *');
  });

  it('are those of the role that all functions share if it has none of its own', () => {
    const events = [{ schedule: { rate: 'rate(1 minute)', method: 'scheduler' } }, { websocket: '$connect' }];
    const destinations = { onFailure: { type: 'sns', arn: TOPIC }, onSuccess: QUEUE };
    const all = actions(
      { f: {}, other: { events, destinations }, own: { ...given, events: [{ sqs: QUEUE }] } },
      { provider: { iamRoleStatements: [SHARED] } },
    );
    expect(all?.join()).to.contain('lambda:InvokeFunction').and.contain('execute-api:ManageConnections');
    expect(all).to.include.members([`sns:Publish [${JSON.stringify(TOPIC)}]`, `sqs:SendMessage ["${QUEUE}"]`]);
    expect(all).to.include('s3:GetObject *');
    expect(all?.join()).to.not.contain('sqs:DeleteMessage').and.not.contain('s3:ListBucket');
  });

  it('are not known of a role that is not made here', () => {
    expect(actions({ f: { role: 'arn' } })).to.equal(undefined);
    for (const provider of [
      { role: 'arn' },
      { iam: { role: 'arn' } },
      { iam: { role: { Ref: 'Role' } } },
      { iam: { role: { managedPolicies: [] } } },
      { iamManagedPolicies: [] },
    ]) {
      expect(actions({ f: {} }, { provider }), JSON.stringify(provider)).to.equal(undefined);
    }
  });
});
