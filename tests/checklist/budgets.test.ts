import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { load } from 'js-yaml';
import { type Properties, resourcesOf, type Template, target } from '../templates/template.ts';
import type { Finding } from './checked-templates.ts';

const FILE = join(import.meta.dirname, '../../deploy/account.yml');
/** CloudWatch has alarms, Budgets and Cost Explorer have costs to tell. */
const SENDERS = ['budgets.amazonaws.com', 'cloudwatch.amazonaws.com', 'costalerts.amazonaws.com'];

type Place = Omit<Finding, 'service'>;

/** An account tells somebody what it costs: before the month's budget is spent, and when something is unusual. */
function checkBudgets(account: Template): Finding[] {
  return [
    ...budgetProblems(account),
    ...anomalyProblems(account),
    ...senderProblems(account),
    ...logProblems(account),
  ].map((finding) => ({ service: 'deploy/account.yml', ...finding }));
}

function budgetProblems(account: Template): Place[] {
  const budgets = resourcesOf(account, 'AWS::Budgets::Budget');
  if (budgets.length === 0) return [{ place: 'Budget', problem: 'there is no budget' }];
  return budgets.flatMap(([place, { Properties }]) => {
    const { NotificationsWithSubscribers: told = [] } = Properties as {
      NotificationsWithSubscribers?: readonly { Notification: Properties; Subscribers?: readonly unknown[] }[];
    };
    const types = told
      .filter(({ Subscribers = [] }) => Subscribers.length > 0)
      .map(({ Notification }) => Notification.NotificationType);
    return ['ACTUAL', 'FORECASTED']
      .filter((type) => !types.includes(type))
      .map((type) => ({ place, problem: `nobody is told of ${type} costs` }));
  });
}

function anomalyProblems(account: Template): Place[] {
  const monitors = resourcesOf(account, 'AWS::CE::AnomalyMonitor').filter(
    ([, { Properties }]) => Properties.MonitorDimension === 'SERVICE',
  );
  const subscriptions = resourcesOf(account, 'AWS::CE::AnomalySubscription').filter(([, { Properties }]) =>
    monitors.some(([id]) => JSON.stringify(Properties.MonitorArnList).includes(`"${id}"`)),
  );
  return [
    // A second one in the account would fail.
    ...(monitors.length === 1 ? [] : [{ place: 'AnomalyMonitor', problem: 'there must be one monitor of services' }]),
    ...(subscriptions.length > 0 ? [] : [{ place: 'AnomalySubscription', problem: 'nobody is told of unusual costs' }]),
  ];
}

/** The topic's own policy replaces the one that lets the account's alarms in. */
function senderProblems(account: Template): Place[] {
  return resourcesOf(account, 'AWS::SNS::TopicPolicy').flatMap(([place, { Properties }]) => {
    const { Statement } = Properties.PolicyDocument as { Statement: readonly Properties[] };
    const allowed = Statement.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Principal }) =>
      [(Principal as { Service?: string | string[] }).Service].flat(),
    );
    return SENDERS.filter((sender) => !allowed.includes(sender)).map((sender) => ({
      place,
      problem: `${sender} may not publish`,
    }));
  });
}

/** Without a role, API Gateway refuses the stage of an API that has an access log. */
function logProblems(account: Template): Place[] {
  const accounts = resourcesOf(account, 'AWS::ApiGateway::Account');
  if (accounts.length === 0) return [{ place: 'ApiGatewayAccount', problem: 'API Gateway has no role for logs' }];
  return accounts.flatMap(([place, resource]) => {
    const role = target(resource.Properties.CloudWatchRoleArn) ?? '';
    const stays = [resource, account.Resources[role]].every((one) => one?.DeletionPolicy === 'RetainExceptOnCreate');
    return stays ? [] : [{ place, problem: 'the logs of other APIs would end with this stack' }];
  });
}

/** `deploy/account.yml`. */
function readAccount(): Template {
  return load(readFileSync(FILE, 'utf8')) as Template;
}

describe('the checklist: budgets', () => {
  it('holds for an account', () => {
    expect(checkBudgets(readAccount())).to.deep.equal([]);
  });

  it('is a file without aliases of YAML, which CloudFormation refuses', () => {
    expect(readFileSync(FILE, 'utf8')).not.to.match(/^[^#\n]*[:-] [&*]\w/m);
  });

  // biome-ignore lint/suspicious/noExplicitAny: a test reaches deep into the properties to break them
  const breaks: readonly [string, (resources: Record<string, any>) => void][] = [
    ['Budget: there is no budget', (resources) => delete resources.Budget],
    [
      'Budget: nobody is told of FORECASTED costs',
      (resources) => resources.Budget.Properties.NotificationsWithSubscribers.shift(),
    ],
    [
      'AnomalyMonitor: there must be one monitor of services',
      (resources) => Object.assign(resources, { Second: resources.AnomalyMonitor }),
    ],
    ['AnomalySubscription: nobody is told of unusual costs', (resources) => delete resources.AnomalySubscription],
    [
      'AlarmsPolicy: costalerts.amazonaws.com may not publish',
      (resources) => resources.AlarmsPolicy.Properties.PolicyDocument.Statement[0].Principal.Service.pop(),
    ],
    ['ApiGatewayAccount: API Gateway has no role for logs', (resources) => delete resources.ApiGatewayAccount],
    [
      'ApiGatewayAccount: the logs of other APIs would end with this stack',
      (resources) => delete resources.ApiGatewayLogsRole.DeletionPolicy,
    ],
  ];
  for (const [finding, change] of breaks) {
    it(`finds a break: ${finding}`, () => {
      const account = structuredClone(readAccount());
      change(account.Resources);
      expect(checkBudgets(account).map(({ place, problem }) => `${place}: ${problem}`)).to.deep.equal([finding]);
    });
  }

  it('passes cfn-lint, where it is installed', function () {
    this.timeout(120_000);
    const { status, stdout, error } = spawnSync('cfn-lint', [FILE], { encoding: 'utf8' });
    if (error) process.stdout.write('      not run, because there is no cfn-lint: pip install cfn-lint\n');
    else expect(status, stdout).to.equal(0);
  });
});
