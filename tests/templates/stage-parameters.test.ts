import { expect } from 'chai';
import { findCycle } from '../checklist/encryption/find-cycle.ts';
import { GOES } from './deletion-rules.ts';
import { packageService } from './package-service.ts';
import { calledByApi } from './rest-api/api-methods.ts';
import { propertiesOf, resourcesOf, type Template, target, variablesOf } from './template.ts';

const STAGE = 'production';
const ZONE = 'Z0123456789ABCDEFGHIJ';
const CERTIFICATE = 'arn:aws:acm:us-east-1:000000000000:certificate/0a1b-2c3d';
const WEB_ACL = 'arn:aws:wafv2:us-east-1:000000000000:regional/webacl/shop/0a1b-2c3d';
const BOUNDS = ['tableMaxReadUnits=2000', 'tableMaxWriteUnits=1000'];
const THROUGHPUT = { MaxReadRequestUnits: 2000, MaxWriteRequestUnits: 1000 };

/** Types that only these parameters bring into a template. */
const OPTIONAL =
  /(DomainName|BasePathMapping|ApiMapping|Certificate|RecordSet|WebACLAssociation|Lambda::(Alias|Version)|ScalableTarget)$/;
/** Functions of which instances wait for calls. */
const PROVISIONED = ['AuthorizeLambdaFunction', 'EventsLambdaFunction', 'MetricsLambdaFunction'];

function typesOf({ Resources }: Template, isWanted: RegExp): string[] {
  return Object.values(Resources).flatMap(({ Type }) => (isWanted.test(Type) ? [Type] : []));
}

/** The aliases of a canary, which CodeDeploy moves, and the versions to which they point. */
function canaryParts(template: Template): readonly string[] {
  return resourcesOf(template, 'AWS::Lambda::Alias').flatMap(([id, { Properties, UpdatePolicy }]) => {
    if (Properties.Name !== 'live' || UpdatePolicy?.CodeDeployLambdaAliasUpdate === undefined) return [];
    return [id, target(Properties.FunctionVersion) ?? ''];
  });
}

function without({ Resources }: Template, ids: readonly string[]): Template {
  return { Resources: Object.fromEntries(Object.entries(Resources).filter(([id]) => !ids.includes(id))) };
}

function expectBounded(template: Template): void {
  const tables = resourcesOf(template, 'AWS::DynamoDB::Table');
  expect(tables).to.not.have.length(0);
  for (const [id, { Properties }] of tables) expect(Properties.OnDemandThroughput, id).to.deep.equal(THROUGHPUT);
}

describe('the API of a stage with a domain, a web ACL, instances that wait, and bounded tables', () => {
  let template: Template;

  before(() => {
    const params = ['apiDomain=api.shop.example', `hostedZoneId=${ZONE}`, `webAclArn=${WEB_ACL}`, ...BOUNDS];
    const hours = ['provisionedFrom=07:00', 'provisionedUntil=19:30', 'timeZone=Europe/Vienna'];
    // Lambda divides no calls between instances that wait.
    const instances = ['provisionedConcurrency=5', 'canary=none'];
    ({ template } = packageService('api', STAGE, [...params, ...instances, ...hours]));
  });

  it('has the domain with a certificate of its own, which CloudFormation proves in the zone', () => {
    expect(template.Resources.ApiCertificate?.Condition).to.equal('MakesCertificate');
    expect(template.Conditions?.MakesCertificate).to.deep.equal({ 'Fn::Equals': ['', ''] });
    expect(propertiesOf(template, 'ApiCertificate')).to.deep.equal({
      DomainName: 'api.shop.example',
      ValidationMethod: 'DNS',
      DomainValidationOptions: [{ DomainName: 'api.shop.example', HostedZoneId: ZONE }],
    });
    expect(propertiesOf(template, 'ApiDomain')).to.deep.equal({
      DomainName: 'api.shop.example',
      EndpointConfiguration: { Types: ['REGIONAL'] },
      RegionalCertificateArn: { 'Fn::If': ['MakesCertificate', { Ref: 'ApiCertificate' }, ''] },
      SecurityPolicy: 'TLS_1_2',
    });
  });

  it('maps the whole domain to the stage, once the stage is there', () => {
    expect(propertiesOf(template, 'ApiMapping')).to.deep.equal({
      DomainName: { Ref: 'ApiDomain' },
      RestApiId: { Ref: 'ApiGatewayRestApi' },
      Stage: { Ref: 'ApiStage' },
    });
    expect(propertiesOf(template, 'ApiRecord')).to.include({ HostedZoneId: ZONE, Name: 'api.shop.example', Type: 'A' });
    expect(template.Outputs?.ApiUrl?.Value).to.equal('https://api.shop.example/v1');
  });

  it('has the web ACL in front of the stage, once the stage is there', () => {
    expect(propertiesOf(template, 'WebAclAssociation').WebACLArn).to.equal(WEB_ACL);
    expect(JSON.stringify(propertiesOf(template, 'WebAclAssociation').ResourceArn)).to.match(
      /restapis\/\$\{ApiGatewayRestApi\}\/stages\/\$\{ApiStage\}"/,
    );
  });

  it('has an alias with an instance for each function on the path of nearly every request, and for no other', () => {
    const aliases = resourcesOf(template, 'AWS::Lambda::Alias').map(([, { Properties }]) => Properties);
    expect(aliases.map(({ FunctionName }) => target(FunctionName))).to.have.members(PROVISIONED);
    for (const { Name, FunctionVersion, ProvisionedConcurrencyConfig } of aliases) {
      expect(Name).to.equal('provisioned');
      expect(ProvisionedConcurrencyConfig).to.deep.equal({ ProvisionedConcurrentExecutions: 1 });
      const version = template.Resources[target(FunctionVersion) ?? ''];
      expect(version?.Type).to.equal('AWS::Lambda::Version');
      // A version that no alias names any more goes.
      expect(version).to.not.have.property('DeletionPolicy');
    }
    expect(resourcesOf(template, 'AWS::Lambda::Version')).to.have.length(PROVISIONED.length);
  });

  it('calls these aliases, which let it, and the other functions themselves', () => {
    const calls = [
      ...calledByApi(template),
      ...resourcesOf(template, 'AWS::Lambda::Permission')
        .filter(([, { Properties }]) => Properties.Principal === 'apigateway.amazonaws.com')
        .map(([, { Properties }]) => JSON.stringify(Properties.FunctionName)),
    ];
    const ofFunctions = calls.filter((text) => /LambdaFunction|LambdaAlias/.test(text));
    expect(ofFunctions).to.have.length.above(PROVISIONED.length * 2);
    for (const text of ofFunctions) {
      const isProvisioned = PROVISIONED.some((id) => text.includes(id.replace('LambdaFunction', '')));
      expect(/provisioned|ProvConcLambdaAlias/.test(text), text).to.equal(isProvisioned);
    }
  });

  it('changes the number of instances by the clock, never to 0', () => {
    const targets = resourcesOf(template, 'AWS::ApplicationAutoScaling::ScalableTarget');
    expect(targets).to.have.length(PROVISIONED.length);
    for (const [, { Properties, DependsOn }] of targets) {
      expect(template.Resources[String(DependsOn)]?.Type).to.equal('AWS::Lambda::Alias');
      expect(Properties.ResourceId).to.match(/^function:weir-api-production-(authorize|events|metrics):provisioned$/);
      const actions = Properties.ScheduledActions as { Schedule: string; ScalableTargetAction: object }[];
      expect(actions.map(({ Schedule, ScalableTargetAction }) => [Schedule, ScalableTargetAction])).to.deep.equal([
        ['cron(0 7 * * ? *)', { MinCapacity: 5, MaxCapacity: 5 }],
        ['cron(30 19 * * ? *)', { MinCapacity: 1, MaxCapacity: 1 }],
      ]);
    }
  });

  it('has bounds on every table', () => expectBounded(template));

  it('has nothing that waits for itself, or stays when the stack is removed', () => {
    expect(findCycle(template)).to.deep.equal([]);
    const types = typesOf(template, OPTIONAL);
    expect(types).to.have.length(5 + 3 * PROVISIONED.length);
    for (const type of types) expect(GOES.has(type), type).to.equal(true);
  });
});

describe('the notifications of a stage with domains', () => {
  let template: Template;

  before(() => {
    const domains = ['apiDomain=api.shop.example', 'pushDomain=push.shop.example', `certificateArn=${CERTIFICATE}`];
    ({ template } = packageService('notifications', STAGE, [...domains, 'mailDomain=mail.shop.example', ...BOUNDS]));
  });

  it('have the WebSocket API under its domain, with the certificate that was given', () => {
    const [configuration] = propertiesOf(template, 'PushDomain').DomainNameConfigurations as [object];
    expect(configuration).to.deep.equal({
      EndpointType: 'REGIONAL',
      CertificateArn: { 'Fn::If': ['MakesCertificate', { Ref: 'PushCertificate' }, CERTIFICATE] },
      SecurityPolicy: 'TLS_1_2',
    });
    expect(template.Conditions?.MakesCertificate).to.deep.equal({ 'Fn::Equals': [CERTIFICATE, ''] });
    expect(propertiesOf(template, 'PushMapping')).to.deep.equal({
      DomainName: { Ref: 'PushDomain' },
      ApiId: { Ref: 'WebsocketsApi' },
      Stage: { Ref: 'WebsocketsDeploymentStage' },
    });
    expect(template.Outputs?.PushUrl?.Value).to.equal('wss://push.shop.example');
  });

  it('write no record without a zone, and say what the domain must point at', () => {
    for (const id of ['PushRecord', 'PushCertificate']) expect(template.Resources[id]).to.have.property('Condition');
    expect(template.Conditions?.HasZone).to.deep.equal({ 'Fn::Not': [{ 'Fn::Equals': ['', ''] }] });
    expect(template.Outputs?.PushDomainTarget?.Value).to.deep.equal({
      'Fn::GetAtt': ['PushDomain', 'RegionalDomainName'],
    });
  });

  it('link to the domain of the API in mails', () => {
    expect(variablesOf(template, 'MailLambdaFunction').WEIR_API_URL).to.equal('https://api.shop.example');
  });

  it('post to clients by the address of the API itself, for which their roles are made', () => {
    expect(JSON.stringify(variablesOf(template, 'EvaluateLambdaFunction').WEIR_PUSH_ENDPOINT)).to.match(/execute-api/);
  });

  it('have bounds on every table, and nothing that waits for itself', () => {
    expectBounded(template);
    expect(findCycle(template)).to.deep.equal([]);
  });
});

describe('a stage with none of these parameters', () => {
  it('has nothing of them in its templates', () => {
    for (const name of ['api', 'notifications', 'ingest-stream']) {
      const { template } = packageService(name, STAGE);
      const canary = canaryParts(template);
      expect(canary.length > 0, name).to.equal(name === 'api');
      expect(typesOf(without(template, canary), OPTIONAL), name).to.deep.equal([]);
      expect(JSON.stringify(template), name).to.not.match(
        /OnDemandThroughput|MakesCertificate|HasZone|"ProvisionedConcurrencyConfig"/,
      );
    }
  });
});
