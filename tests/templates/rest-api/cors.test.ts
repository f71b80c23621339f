import { expect } from 'chai';
import { type PackagedService, packageService } from '../package-service.ts';
import { propertiesOf, resourcesOf } from '../template.ts';
import { gatewayResponsesOf } from './api-body.ts';
import { answerOf, type Method, methodsOf } from './api-methods.ts';

const ALLOW = 'method.response.header.Access-Control-Allow';
const ORIGINS = ['https://app.example.com', 'http://localhost:5173'];

describe('the package of api for a stage with origins', () => {
  let service: PackagedService;
  let methods: readonly Method[];

  before(() => {
    service = packageService('api', 'production', [`corsOrigins=${ORIGINS.join(', ')}`]);
    methods = methodsOf(service.template);
  });

  it('answers a preflight on every path of a route, without a key and without a method of its own', () => {
    const mocks = methods.filter(({ name }) => name === 'ANY');
    expect(methods.filter(({ name }) => name === 'OPTIONS')).to.deep.equal([]);
    for (const mock of mocks) {
      const own = methods.filter(({ path, name }) => path === mock.path && name !== 'ANY').map(({ name }) => name);
      const preflight = answerOf(mock, 'OPTIONS');
      expect(mock.properties.AuthorizationType).to.equal('NONE');
      expect(preflight?.StatusCode, mock.id).to.equal(own.length === 0 ? '404' : '200');
      if (own.length === 0) continue;
      const { [`${ALLOW}-Methods`]: allowed = '', ...others } = preflight?.ResponseParameters ?? {};
      expect(allowed.slice(1, -1).split(','), mock.id).to.have.members(['OPTIONS', ...own]);
      expect(others, mock.id).to.deep.equal({
        [`${ALLOW}-Origin`]: `'${ORIGINS[0]}'`,
        [`${ALLOW}-Headers`]: "'authorization,content-type,content-encoding,idempotency-key,if-match,if-none-match'",
        'method.response.header.Access-Control-Max-Age': "'7200'",
      });
      const template = preflight?.ResponseTemplates['application/json'];
      for (const origin of ORIGINS) expect(template, mock.id).to.include(origin.replaceAll('.', '[.]'));
    }
  });

  it('lets pages read every error that API Gateway answers by itself', () => {
    const responses = gatewayResponsesOf(service.template);
    expect(responses).to.not.have.length(0);
    for (const [id, { responseParameters: parameters }] of responses) {
      expect(parameters['gatewayresponse.header.access-control-allow-origin'], id).to.equal("'*'");
      expect(parameters['gatewayresponse.header.access-control-expose-headers'], id).to.include('x-request-id');
    }
  });

  it('lets pages of these origins, and no others, send and show pictures', () => {
    const { CorsConfiguration } = propertiesOf(service.template, 'AvatarsBucket');
    expect(CorsConfiguration).to.deep.equal({
      CorsRules: [
        {
          Id: 'browsers-send-and-show-pictures',
          AllowedMethods: ['GET', 'PUT'],
          AllowedHeaders: ['content-type', 'if-none-match'],
          ExposedHeaders: ['ETag'],
          MaxAge: 3000,
          AllowedOrigins: ORIGINS,
        },
      ],
    });
  });

  it('tells every function the origins', () => {
    for (const [id, { Properties }] of resourcesOf(service.template, 'AWS::Lambda::Function')) {
      const { Variables } = Properties.Environment as { Variables: Record<string, string> };
      expect(Variables.WEIR_CORS_ORIGINS, id).to.equal(ORIGINS.join());
    }
  });
});
