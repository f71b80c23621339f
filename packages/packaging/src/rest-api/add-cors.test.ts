import { expect } from 'chai';
import type { Service, TemplateResource } from '../framework/serverless.ts';
import { addCors } from './add-cors.ts';

const SETTINGS = { allowHeaders: ['authorization'], exposeHeaders: ['x-request-id', 'etag'], maxAgeSeconds: 60 };

function serviceWith(origins: string | undefined) {
  const get = { method: 'get', path: 'v1/things' };
  const mock = { method: 'any', path: '{proxy+}', integration: 'MOCK', response: { headers: { a: "'b'" } } };
  const gatewayResponse: TemplateResource = {
    Type: 'AWS::ApiGateway::GatewayResponse',
    Properties: { ResponseParameters: { 'gatewayresponse.header.x-request-id': 'context.requestId' } },
  };
  const alarm: TemplateResource = { Type: 'AWS::CloudWatch::Alarm', Properties: {} };
  const bucket: TemplateResource = {
    Type: 'AWS::S3::Bucket',
    Properties: { CorsConfiguration: { CorsRules: [{ AllowedMethods: ['PUT'] }] } },
  };
  const closed: TemplateResource = { Type: 'AWS::S3::Bucket', Properties: {} };
  const service: Service = {
    provider: { stage: 'production', compiledCloudFormationTemplate: { Resources: {} }, environment: { A: '1' } },
    custom: origins === undefined ? {} : { cors: { ...SETTINGS, origins } },
    resources: [{ Resources: { gatewayResponse, bucket } }, { Resources: { alarm, closed } }],
    getAllFunctions: () => ['things', 'thumbnail'],
    getFunction: (key) => ({
      events: key === 'things' ? [{ http: get }, { http: mock }, { schedule: 'rate(1 minute)' } as object] : [],
    }),
  };
  addCors({ serviceDir: '', service, classes: { Error } });
  return { get, mock, gatewayResponse, alarm, bucket, closed, environment: service.provider.environment };
}

describe('addCors', () => {
  it('changes nothing where the stage has no origins, or the service no CORS', () => {
    for (const origins of ['', ' ', undefined]) {
      const { get, mock, gatewayResponse, environment } = serviceWith(origins);
      expect(get).to.deep.equal({ method: 'get', path: 'v1/things' });
      expect(mock.response.headers).to.deep.equal({ a: "'b'" });
      expect(gatewayResponse.Properties?.ResponseParameters).to.have.all.keys('gatewayresponse.header.x-request-id');
      expect(environment).to.deep.equal({ A: '1' });
    }
  });

  it('allows any origin', () => {
    const { get, mock, gatewayResponse, alarm, environment } = serviceWith('*');
    expect(get).to.deep.include({ cors: { origin: '*', headers: ['authorization'], maxAge: 60 } });
    expect(gatewayResponse.Properties?.ResponseParameters).to.deep.equal({
      'gatewayresponse.header.x-request-id': 'context.requestId',
      'gatewayresponse.header.access-control-allow-origin': "'*'",
      'gatewayresponse.header.access-control-expose-headers': "'x-request-id,etag'",
    });
    expect(mock).to.not.have.property('cors');
    expect(mock.response.headers).to.deep.equal({
      a: "'b'",
      'access-control-allow-origin': "'*'",
      'access-control-expose-headers': "'x-request-id,etag'",
    });
    expect(alarm.Properties).to.deep.equal({});
    expect(environment).to.deep.equal({ A: '1', WEIR_CORS_ORIGINS: '*' });
  });

  it('allows the origins of a list', () => {
    const { get, gatewayResponse, environment } = serviceWith('https://a.test, http://localhost:5173');
    const origins = ['https://a.test', 'http://localhost:5173'];
    expect(get).to.deep.include({ cors: { origins, headers: ['authorization'], maxAge: 60 } });
    expect(gatewayResponse.Properties?.ResponseParameters).to.include({
      'gatewayresponse.header.access-control-allow-origin': "'*'",
    });
    expect(environment).to.include({ WEIR_CORS_ORIGINS: 'https://a.test,http://localhost:5173' });
  });

  it('lets only the one origin read errors where there is one', () => {
    expect(serviceWith('https://a.test').gatewayResponse.Properties?.ResponseParameters).to.include({
      'gatewayresponse.header.access-control-allow-origin': "'https://a.test'",
    });
  });

  it('puts the origins into the rules of the buckets that have some, and takes the rules away where there is none', () => {
    for (const [origins, allowed] of [
      ['*', ['*']],
      [' https://a.test, http://localhost:5173', ['https://a.test', 'http://localhost:5173']],
    ] as const) {
      const { bucket, closed } = serviceWith(origins);
      const CorsRules = [{ AllowedMethods: ['PUT'], AllowedOrigins: allowed }];
      expect(bucket.Properties).to.deep.equal({ CorsConfiguration: { CorsRules } });
      expect(closed.Properties).to.deep.equal({});
    }
    for (const origins of ['', ' ']) expect(JSON.stringify(serviceWith(origins).bucket.Properties)).to.equal('{}');
  });

  for (const wrong of [
    'a.test',
    'https://a.test/',
    'https://*.a.test',
    '*,https://a.test',
    "https://a'.test",
    'null',
  ]) {
    it(`refuses ${wrong}`, () => {
      expect(() => serviceWith(wrong)).to.throw(/^corsOrigins has /);
    });
  }
});
