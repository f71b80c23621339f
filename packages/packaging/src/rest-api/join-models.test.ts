import { expect } from 'chai';
import type { TemplateResource } from '../framework/serverless.ts';
import { joinModels } from './join-models.ts';

const model = (type: string, ContentType = 'application/json'): TemplateResource => ({
  Type: 'AWS::ApiGateway::Model',
  Properties: { ContentType, Schema: { type } },
});

const method = (models: Record<string, string>): TemplateResource => {
  const RequestModels = Object.fromEntries(Object.entries(models).map(([type, Ref]) => [type, { Ref }]));
  return { Type: 'AWS::ApiGateway::Method', Properties: { RequestModels } };
};

describe('joinModels', () => {
  it('keeps one model for bodies of the same type and schema', () => {
    const patch = 'application/merge-patch+json';
    const Resources: Record<string, TemplateResource> = {
      Create: method({ 'application/json': 'CreateModel' }),
      Update: method({ 'application/json': 'UpdateModel', [patch]: 'PatchModel' }),
      List: method({ 'application/json': 'ListModel' }),
      Get: { Type: 'AWS::ApiGateway::Method', Properties: {} },
      CreateModel: model('object'),
      UpdateModel: model('object'),
      PatchModel: model('object', patch),
      ListModel: model('array'),
    };
    const provider = { stage: 'production', compiledCloudFormationTemplate: { Resources } };
    const service = { provider, getAllFunctions: () => [], getFunction: () => ({}) };
    joinModels({ serviceDir: '', service, classes: { Error } });
    expect(Resources).to.deep.equal({
      Create: method({ 'application/json': 'CreateModel' }),
      Update: method({ 'application/json': 'CreateModel', [patch]: 'PatchModel' }),
      List: method({ 'application/json': 'ListModel' }),
      Get: { Type: 'AWS::ApiGateway::Method', Properties: {} },
      CreateModel: model('object'),
      PatchModel: model('object', patch),
      ListModel: model('array'),
    });
  });
});
