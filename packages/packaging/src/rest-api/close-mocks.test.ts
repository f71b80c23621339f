import { expect } from 'chai';
import type { TemplateResource } from '../framework/serverless.ts';
import { closeMocks } from './close-mocks.ts';

describe('closeMocks', () => {
  it('refuses bodies that no template is for, wherever API Gateway answers by itself', () => {
    const method = (Type: string): TemplateResource => ({
      Type: 'AWS::ApiGateway::Method',
      Properties: { Integration: { Type } },
    });
    const Resources = { mock: method('MOCK'), called: method('AWS_PROXY'), table: { Type: 'AWS::DynamoDB::Table' } };
    const provider = { stage: 'production', compiledCloudFormationTemplate: { Resources } };
    const service = { provider, getAllFunctions: () => [], getFunction: () => ({}) };
    closeMocks({ serviceDir: '', service, classes: { Error } });
    expect(Resources.mock.Properties?.Integration).to.deep.equal({ Type: 'MOCK', PassthroughBehavior: 'NEVER' });
    expect(Resources.called.Properties?.Integration).to.deep.equal({ Type: 'AWS_PROXY' });
  });
});
