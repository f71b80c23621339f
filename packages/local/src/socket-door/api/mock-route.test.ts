import { expect } from 'chai';
import { pingResources } from '../testing/ping-resources.ts';
import { templateRoutes } from './mock-route.ts';

const PONG = '{"type":"pong"}';

describe('the routes of a template', () => {
  const read = (resources: ReturnType<typeof pingResources>) => templateRoutes({ resources, region: 'us-east-1' });
  const answered = (resources: ReturnType<typeof pingResources>) => read(resources).mocks.map(({ answer }) => answer);

  it('are answered by their mock, with the template that the status selects', () => {
    expect(read(pingResources())).to.deep.equal({ mocks: [{ key: 'ping', answer: PONG }], notices: [] });
  });

  for (const [what, key] of [
    ['a pattern', '/2\\d\\d/'],
    ['the status', '200'],
    ['the key for all', '$default'],
  ] as const) {
    it(`find their response by ${what}`, () => {
      expect(answered(pingResources({ IntegrationResponseKey: key }))).to.deep.equal([PONG]);
    });
  }

  it('find their templates by a fixed key, or else by $default', () => {
    const response = { TemplateSelectionExpression: '200', ResponseTemplates: { 200: PONG, $default: 'no' } };
    expect(answered(pingResources(response))).to.deep.equal([PONG]);
    expect(answered(pingResources({ TemplateSelectionExpression: 'none' }))).to.deep.equal([PONG]);
    expect(answered(pingResources({ TemplateSelectionExpression: undefined }))).to.deep.equal([PONG]);
  });

  it('may name their integration by Fn::Sub', () => {
    const route = { Target: { 'Fn::Sub': `integrations/\${PingIntegration}` } };
    expect(answered(pingResources({}, { route }))).to.deep.equal([PONG]);
  });

  it('take a message without an answer where they have no response', () => {
    const { PingRouteResponse: _without, ...resources } = pingResources();
    expect(answered(resources as ReturnType<typeof pingResources>)).to.deep.equal([undefined]);
    const route = { RouteResponseSelectionExpression: undefined };
    expect(answered(pingResources({}, { route }))).to.deep.equal([undefined]);
  });

  const ignored: readonly [what: string, resources: ReturnType<typeof pingResources>, says: string][] = [
    [
      'another integration',
      pingResources({}, { integration: { IntegrationType: 'HTTP' } }),
      'without a MOCK integration',
    ],
    ['$connect', pingResources({}, { route: { RouteKey: '$connect' } }), 'answers only messages without a function'],
    ['no status', pingResources({}, { integration: { RequestTemplates: { $default: '{}' } } }), 'needs a "statusCode"'],
    ['another status', pingResources({ IntegrationResponseKey: '/4\\d\\d/' }), 'for the status 200'],
    [
      ...(['a computed key', pingResources({ TemplateSelectionExpression: `\${request.body.type}` })] as const),
      `not by \${request.body.type}`,
    ],
    ['no template', pingResources({ ResponseTemplates: { a: PONG } }), 'finds no template $default in the Response'],
    ['more of Velocity', pingResources({ ResponseTemplates: { $default: '$input.body' } }), 'fills in $context only'],
    ['a directive', pingResources({ ResponseTemplates: { $default: '#set($a = 1)' } }), 'fills in $context only'],
  ];
  for (const [what, resources, says] of ignored) {
    it(`are named where they are ignored: ${what}`, () => {
      const { mocks, notices } = read(resources);
      expect(mocks).to.deep.equal([]);
      expect(notices).to.have.length(1);
      expect(notices[0])
        .to.match(/^The route PingRoute: The local AWS .*, and ignores it$/)
        .and.include(says);
    });
  }
});
