import { expect } from 'chai';
import { type PackagedService, packageService } from './package-service.ts';
import { type Properties, propertiesOf, resourcesOf } from './template.ts';

const ORIGINS = ['https://app.example.com', 'http://localhost:5173'];

describe('the package of api for a stage with origins', () => {
  let service: PackagedService;
  let methods: readonly Properties[];

  before(() => {
    service = packageService('api', 'production', [`corsOrigins=${ORIGINS.join(', ')}`]);
    methods = resourcesOf(service.template, 'AWS::ApiGateway::Method').map(([, { Properties }]) => Properties);
  });

  const withMethod = (isWanted: (method: unknown) => boolean) =>
    methods.filter(({ HttpMethod }) => isWanted(HttpMethod)).map(({ ResourceId }) => JSON.stringify(ResourceId));

  it('answers a preflight on every path of a route, without a key', () => {
    const preflights = methods.filter(({ HttpMethod }) => HttpMethod === 'OPTIONS');
    expect(withMethod((method) => method === 'OPTIONS')).to.have.members([
      ...new Set(withMethod((method) => method !== 'OPTIONS' && method !== 'ANY')),
    ]);
    for (const { AuthorizationType, Integration } of preflights) {
      expect(AuthorizationType).to.equal('NONE');
      const text = JSON.stringify(Integration);
      for (const origin of ORIGINS) expect(text).to.include(origin.replaceAll('.', '[.]'));
      expect(text).to.include('idempotency-key').and.include('if-match');
      expect(text).to.not.include('Allow-Credentials');
    }
  });

  it('lets pages read every error that API Gateway answers by itself', () => {
    const responses = resourcesOf(service.template, 'AWS::ApiGateway::GatewayResponse');
    expect(responses).to.not.have.length(0);
    for (const [id, { Properties }] of responses) {
      const parameters = Properties.ResponseParameters as Record<string, string>;
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
