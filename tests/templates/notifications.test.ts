import { createDynamoWebhooksStore, type TableAccess } from '@weir/dynamodb/webhooks';
import { readRecordFilter } from '@weir/local/record-filter';
import { expect } from 'chai';
import { packageService } from './package-service.ts';
import { type Properties, propertiesOf, resourcesOf, statementsOf, type Template, target } from './template.ts';

describe('the event sources of notifications, as they are packaged', () => {
  let template: Template;

  before(() => {
    ({ template } = packageService('notifications', 'production'));
  });

  const mappingsOf = (functionId: string): readonly Properties[] => {
    const mappings = resourcesOf(template, 'AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => Properties);
    return mappings.filter(({ FunctionName }) => target(FunctionName) === functionId);
  };

  it('bound how many calls of deliver each queue makes at once', () => {
    const bounds = mappingsOf('DeliverLambdaFunction').map(({ EventSourceArn, ScalingConfig }) => {
      return [target(EventSourceArn), (ScalingConfig as { MaximumConcurrency: number }).MaximumConcurrency];
    });
    expect(Object.fromEntries(bounds)).to.deep.equal({ Webhooks: 50, WebhooksSlow: 5 });
  });

  it('call dispatch for the time that the clock writes', async () => {
    const written: Properties[] = [];
    const client = { send: async ({ input }: { input: Properties }) => void written.push(input) };
    await createDynamoWebhooksStore({ client: client as unknown as TableAccess['client'], tableName: 't' }).markTime(7);
    const [{ Item: NewImage } = {}] = written as { Item: Properties }[];
    const { FilterCriteria } = mappingsOf('DispatchLambdaFunction')[0] ?? {};
    const { Filters } = FilterCriteria as { Filters: readonly { Pattern: string }[] };
    // Lambda takes five, unless AWS raises the quota.
    expect(Filters.length).to.be.at.most(5);
    const filter = readRecordFilter(Filters.map(({ Pattern }) => JSON.parse(Pattern)));
    const { pk, sk } = NewImage ?? {};
    for (const eventName of ['INSERT', 'MODIFY']) {
      expect(filter({ fields: { eventName, dynamodb: { Keys: { pk, sk }, NewImage } } }), eventName).to.equal(true);
    }
  });
});

describe('the live push, as it is packaged', () => {
  let template: Template;

  before(() => {
    ({ template } = packageService('notifications', 'production'));
  });

  const ofType = (type: string) => resourcesOf(template, `AWS::ApiGatewayV2::${type}`);

  it('reaches only its own partitions of the table', () => {
    const connections = ['connections', 'subscriptions#*'];
    const partitions = {
      ...{ SocketLambdaFunction: [connections], HangupLambdaFunction: [connections] },
      EvaluateLambdaFunction: [
        ['alerts', 'firings#*', 'progress'],
        ['connections', 'posts', 'subscriptions#*'],
      ],
    };
    for (const [id, keys] of Object.entries(partitions)) {
      const own = statementsOf(template, id).filter(({ resources }) =>
        resources.map(target).includes('NotificationsTable'),
      );
      const conditions = keys.map((values) => ({ 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': values } }));
      expect(
        own.map(({ condition }) => condition),
        id,
      ).to.deep.equal(conditions);
    }
  });

  it('is deployed with each of its routes, and its function called by no other API', () => {
    const [deployment] = ofType('Deployment').map(([, { DependsOn }]) => DependsOn);
    const parts = ['Route', 'RouteResponse', 'Integration', 'IntegrationResponse'].flatMap((type) => ofType(type));
    expect(deployment).to.include.members(parts.map(([id]) => id));
    const keys = ofType('Route').map(([, { Properties }]) => Properties.RouteKey);
    expect(keys).to.have.members(['$connect', '$disconnect', '$default', 'ping']);
    const { SourceArn } = propertiesOf(template, 'SocketLambdaPermissionWebsockets');
    expect(JSON.stringify(SourceArn)).to.match(/:\$\{WebsocketsApi\}\/production\/\*"/);
  });

  it('has a stage with limits, and without a log that would hold keys', () => {
    const settings = ofType('Stage').map(([, { Properties }]) => Properties.DefaultRouteSettings);
    expect(settings).to.deep.equal([
      {
        ...{ ThrottlingRateLimit: 1_000, ThrottlingBurstLimit: 2_000 },
        ...{ LoggingLevel: 'OFF', DataTraceEnabled: false },
      },
    ]);
  });
});
