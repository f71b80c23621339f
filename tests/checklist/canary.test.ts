import { expect } from 'chai';
import { GOES_AT_ONCE } from './canary/at-once.ts';
import { checkCanary } from './canary/check-canary.ts';
import { type Breakable, breakService, checkedTemplates, type Templates } from './checked-templates.ts';
import { type Break, findsBreaks, type Resources } from './finds-breaks.ts';

/** The change of a service's one resource of this type whose logical id begins so. */
function changes(type: string, start: string, change: (resource: Breakable) => void) {
  return (resources: Resources) => {
    const [own] = Object.entries(resources).filter(([id, { Type }]) => Type === type && id.startsWith(start));
    if (own === undefined) throw new Error(`the service has no ${type} ${start}`);
    change(own[1]);
  };
}

const ALIAS = 'AWS::Lambda::Alias';
const ALARM = 'AWS::CloudWatch::Alarm';
const GROUP = 'AWS::CodeDeploy::DeploymentGroup';

const BREAKS: readonly Break[] = [
  [
    'EventsLambdaFunction',
    /all calls go to a new version at once/,
    'api',
    changes(ALIAS, 'Events', (alias) => delete alias.UpdatePolicy),
  ],
  [
    'AuthorizeLambdaFunction',
    /something calls it beside its alias/,
    'api',
    changes('AWS::ApiGateway::RestApi', 'Api', ({ Properties }) => {
      const { authorize } = Properties.Body.components.securitySchemes;
      const own = authorize['x-amazon-apigateway-authorizer'];
      own.authorizerUri = JSON.parse(JSON.stringify(own.authorizerUri).replace('"live"', '""'));
    }),
  ],
  [
    'MetricsLambdaFunction',
    /no probe tries a new version/,
    'api',
    changes(ALIAS, 'Metrics', ({ UpdatePolicy }) => {
      delete UpdatePolicy.CodeDeployLambdaAliasUpdate.BeforeAllowTrafficHook;
    }),
  ],
  [
    'EventsLambdaFunction',
    /its calls move at once/,
    'api',
    changes(GROUP, 'Events', ({ Properties }) => {
      Properties.DeploymentConfigName = 'CodeDeployDefault.LambdaAllAtOnce';
    }),
  ],
  [
    'EventsLambdaFunction',
    /a failing version stays/,
    'api',
    changes(GROUP, 'Events', ({ Properties }) => {
      Properties.AutoRollbackConfiguration.Events = ['DEPLOYMENT_FAILURE'];
    }),
  ],
  [
    'EventsLambdaFunction',
    /no alarm takes a version back/,
    'api',
    changes(GROUP, 'Events', ({ Properties }) => {
      Properties.AlarmConfiguration.Enabled = false;
    }),
  ],
  [
    'EventsLambdaFunction',
    /its alarm does not look at the new version alone/,
    'api',
    changes(ALARM, 'EventsCanary', ({ Properties }) => {
      for (const { MetricStat } of Properties.Metrics) MetricStat?.Metric.Dimensions.pop();
    }),
  ],
  [
    'MetricsLambdaFunction',
    /old versions stay/,
    'api',
    changes('AWS::Lambda::Version', 'Metrics', (version) => {
      version.DeletionPolicy = 'Retain';
    }),
  ],
  [
    'MetricsLambdaFunction',
    /Lambda divides no calls where concurrency is provisioned/,
    'api',
    changes(ALIAS, 'Metrics', ({ Properties }) => {
      Properties.ProvisionedConcurrencyConfig = { ProvisionedConcurrentExecutions: 1 };
    }),
  ],
];

describe('the checklist: canary', () => {
  let templates: Templates;

  before(() => {
    templates = checkedTemplates();
  });

  it('holds for the functions that API Gateway calls', () => {
    expect(checkCanary(templates)).to.deep.equal([]);
  });

  findsBreaks(checkCanary, () => templates, BREAKS);

  it('finds a reason that nothing needs any more', () => {
    const gone = breakService(templates, 'notifications', (resources) => {
      for (const [id, { Properties }] of Object.entries(resources)) {
        if (Properties?.Principal === 'apigateway.amazonaws.com') delete resources[id];
      }
    });
    expect(GOES_AT_ONCE).to.have.all.keys('notifications SocketLambdaFunction');
    expect(checkCanary(gone)).to.deep.equal([
      { service: '', place: 'notifications SocketLambdaFunction', problem: 'its reason is not needed' },
    ]);
  });
});
