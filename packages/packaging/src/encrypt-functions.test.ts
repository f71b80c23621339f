import { expect } from 'chai';
import { encryptLogs, openEnvironments } from './encrypt-functions.ts';
import type { Service, ServiceFunction, TemplateResource } from './framework/serverless.ts';

const KEY = { Ref: 'DataKeyArn' };

describe('openEnvironments', () => {
  it('adds to each role what decrypts the environment of its own function, and nothing else', () => {
    const own = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:a' };
    const functions = { keys: { name: 'weir-api-dev-keys', iamRoleStatements: [own] } };
    openEnvironments(serviceWith({ kmsKeyArn: KEY, functions }));
    const [first, added] = functions.keys.iamRoleStatements as unknown as readonly [object, object];
    expect(first).to.equal(own);
    const arn =
      'arn:$' + '{AWS::Partition}:lambda:$' + '{AWS::Region}:$' + '{AWS::AccountId}:function:weir-api-dev-keys';
    expect(added).to.deep.equal({
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: KEY,
      Condition: {
        StringLike: {
          'kms:EncryptionContext:aws:lambda:FunctionArn': [{ 'Fn::Sub': arn }, { 'Fn::Sub': `${arn}:*` }],
        },
      },
    });
  });

  it('makes no role for a function without one, and adds nothing without a key', () => {
    const functions = { keys: { name: 'keys' }, meta: { name: 'meta', iamRoleStatements: [] } };
    openEnvironments(serviceWith({ functions }));
    expect(functions.meta.iamRoleStatements).to.deep.equal([]);
    openEnvironments(serviceWith({ kmsKeyArn: KEY, functions }));
    expect(functions.keys).to.not.have.property('iamRoleStatements');
  });
});

describe('encryptLogs', () => {
  it('gives each log group the key, unless it has one', () => {
    const group = (Properties: Record<string, unknown>) => ({ Type: 'AWS::Logs::LogGroup', Properties });
    const resources = { Keys: group({ LogGroupName: '/aws/lambda/keys' }), Own: group({ KmsKeyId: 'own' }) };
    encryptLogs(serviceWith({ kmsKeyArn: KEY, resources }));
    expect(resources.Keys.Properties).to.deep.equal({ LogGroupName: '/aws/lambda/keys', KmsKeyId: KEY });
    expect(resources.Own.Properties).to.deep.equal({ KmsKeyId: 'own' });
  });
});

function serviceWith(given: {
  readonly kmsKeyArn?: object;
  readonly functions?: Readonly<Record<string, ServiceFunction>>;
  readonly resources?: Record<string, TemplateResource>;
}): Service {
  const { kmsKeyArn, functions = {}, resources = {} } = given;
  return {
    provider: { stage: 'dev', compiledCloudFormationTemplate: { Resources: resources }, kmsKeyArn },
    getAllFunctions: () => Object.keys(functions),
    getFunction: (key) => functions[key] ?? {},
  };
}
