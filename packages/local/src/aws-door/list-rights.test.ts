/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: CloudFormation's, not ours */

import { expect } from 'chai';
import type { PolicyStatement, ServiceRegistration } from '../registration/service-registration.ts';
import { createListRights } from './list-rights.ts';

const REGISTRATION: Omit<ServiceRegistration, 'functions'> = {
  name: 'weir-api',
  stage: 'local',
  region: 'us-east-1',
  lambdaUrl: '',
  extensions: {},
  resources: { Archive: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'archive' } } },
};

/** The rights of a function whose role has these statements. */
function rightsOf(...statements: readonly PolicyStatement[]) {
  const rights = createListRights();
  const erase = { name: 'weir-api-local-erase', timeoutSeconds: 6, events: [], statements };
  rights.learn({ ...REGISTRATION, functions: { erase } }, 'http://127.0.0.1:4566');
  return (bucket: string) => rights.mayList('weirapierase', bucket);
}

const LIST = { Effect: 'Allow', Action: 's3:ListBucket', Resource: { 'Fn::GetAtt': ['Archive', 'Arn'] } };

describe('the right to list a bucket', () => {
  it('is that of the role, of the bucket that it names', () => {
    const mayList = rightsOf(LIST);
    expect([mayList('archive'), mayList('avatars')]).to.deep.equal([true, false]);
  });

  it('does not count if it is limited to a prefix', () => {
    expect(rightsOf({ ...LIST, Condition: { StringLike: { 's3:prefix': 'events/*' } } })('archive')).to.equal(false);
  });

  it('may be written with wildcards, and among others', () => {
    const Resource = [{ 'Fn::Sub': 'arn:${AWS::Partition}:s3:::arch*' }];
    expect(rightsOf({ ...LIST, Action: ['s3:GetObject', 's3:List*'], Resource })('archive')).to.equal(true);
    expect(rightsOf({ ...LIST, Action: ['s3:GetObject'], Resource })('archive')).to.equal(false);
  });

  it('belongs to every caller that is not a function, and to a function whose role is not known', () => {
    const rights = createListRights();
    rights.learn({ ...REGISTRATION, functions: { keys: { name: 'k', timeoutSeconds: 6, events: [] } } }, '');
    expect(['tester', undefined, 'weirapikeys'].map((caller) => rights.mayList(caller, 'archive'))).to.deep.equal([
      true,
      true,
      true,
    ]);
  });
});
