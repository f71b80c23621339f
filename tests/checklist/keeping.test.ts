import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { load } from 'js-yaml';
import { type Properties, resourcesOf, type Template } from '../templates/template.ts';
import { breakService, checkedTemplates, type Finding, type Templates } from './checked-templates.ts';

/** Point-in-time recovery reaches so far back: an erasure promises that no backup is older (docs/erasure.md). */
const PROMISED_DAYS = 35;
/** AWS Backup deletes a backup within hours after its time. */
const LATE_DAYS = 1;

/** Tables without backups, with the reason. */
const NOT_BACKED_UP: Readonly<Record<string, string>> = {
  IdempotencyTable: 'It holds answers for a day: without them, only the retries of that day are not recognised',
};

/** The parts of serverless.common.yml that this line needs. */
interface Common {
  readonly plugins: readonly string[];
  readonly provider: { readonly stackTags?: Readonly<Record<string, string>> };
}

const common = load(readFileSync(join(import.meta.dirname, '../../serverless.common.yml'), 'utf8')) as Common;

/** What a stage leaves has a tag, an end, a backup and a protection. */
function checkKeeping(templates: Templates, { plugins, provider }: Common): Finding[] {
  const plans = Object.values(templates).flatMap(plansOf);
  const findings = Object.entries(templates).flatMap(([service, template]) =>
    [...logProblems(template), ...tableProblems(template, plans)].map((finding) => ({ service, ...finding })),
  );
  const shared = [
    ...['weir:stage', 'weir:service']
      .filter((tag) => !provider.stackTags?.[tag])
      .map((tag) => `stacks have no tag ${tag}`),
    ...(plugins.includes('@weir/stacks') ? [] : ['no plugin protects the tables after a deployment']),
    ...plans.flatMap(({ problems }) => problems),
  ];
  return [...findings, ...shared.map((problem) => ({ service: 'all', place: '', problem }))];
}

type Place = Omit<Finding, 'service'>;

function logProblems(template: Template): Place[] {
  const groups = resourcesOf(template, 'AWS::Logs::LogGroup');
  const names = groups.map(([, { Properties }]) => Properties.LogGroupName);
  const endless = groups.filter(([, { Properties }]) => !(Number(Properties.RetentionInDays) >= 1));
  const undeclared = resourcesOf(template, 'AWS::Lambda::Function').filter(
    ([, { Properties }]) => !names.includes(`/aws/lambda/${Properties.FunctionName}`),
  );
  return [
    ...endless.map(([place]) => ({ place, problem: 'it keeps lines for ever' })),
    ...undeclared.map(([place]) => ({
      place,
      problem: 'no log group is declared for it, so Lambda makes an endless one',
    })),
  ];
}

function tableProblems(template: Template, plans: readonly Plan[]): Place[] {
  return resourcesOf(template, 'AWS::DynamoDB::Table').flatMap(([place, { Properties }]) => {
    const { PointInTimeRecoverySpecification: recovery, TableName, DeletionProtectionEnabled } = Properties;
    // A new table that is protected cannot be deleted when its deployment is rolled back. @weir/stacks does it afterwards.
    const early = DeletionProtectionEnabled
      ? [{ place, problem: 'it is protected before a deployment has succeeded' }]
      : [];
    if (NOT_BACKED_UP[place] !== undefined) return early;
    const isRecoverable = (recovery as Properties | undefined)?.PointInTimeRecoveryEnabled === true;
    const isPlanned = plans.some(({ tables }) => tables.some((arn) => arn.endsWith(`:table/${TableName}`)));
    return [
      ...early,
      ...(isRecoverable ? [] : [{ place, problem: 'it has no point-in-time recovery' }]),
      ...(isPlanned ? [] : [{ place, problem: 'no plan of backups has it' }]),
    ];
  });
}

interface Plan {
  /** The ARNs of what it backs up. */
  readonly tables: readonly string[];
  readonly problems: readonly string[];
}

function plansOf(template: Template): Plan[] {
  const tables = resourcesOf(template, 'AWS::Backup::BackupSelection').flatMap(([, { Properties }]) => {
    const { Resources } = Properties.BackupSelection as { Resources: readonly { 'Fn::Sub'?: string }[] };
    return Resources.map((arn) => String(arn['Fn::Sub']));
  });
  const rules = resourcesOf(template, 'AWS::Backup::BackupPlan').flatMap(([, { Properties }]) => {
    const { BackupPlanRule } = Properties.BackupPlan as { BackupPlanRule: readonly Properties[] };
    return BackupPlanRule;
  });
  const vaults = resourcesOf(template, 'AWS::Backup::BackupVault').map(
    ([, { Properties }]) => (Properties.LockConfiguration ?? {}) as Properties,
  );
  const kept = [
    ...rules.map(({ Lifecycle }) => (Lifecycle as Properties | undefined)?.DeleteAfterDays),
    ...vaults.map(({ MaxRetentionDays }) => MaxRetentionDays),
  ];
  const isLong = kept.some((days = Number.POSITIVE_INFINITY) => Number(days) > PROMISED_DAYS - LATE_DAYS);
  const isMissing = rules.some(({ ScheduleExpression }) => ScheduleExpression === undefined);
  return rules.length === 0
    ? []
    : [
        {
          tables,
          problems: [
            ...(isLong ? [`backups are kept for longer than the ${PROMISED_DAYS} days that an erasure promises`] : []),
            ...(isMissing ? ['backups have no schedule'] : []),
          ],
        },
      ];
}

describe('the checklist: tags, log retention, point-in-time recovery, backups, deletion protection', () => {
  it('holds in every service', () => {
    expect(checkKeeping(checkedTemplates(), common)).to.deep.equal([]);
  });

  it('finds logs without an end, tables without backups, and a table that cannot be rolled back', () => {
    const broken = breakService(checkedTemplates(), 'api', (resources) => {
      if (resources.KeysLogGroup) delete resources.KeysLogGroup.Properties.RetentionInDays;
      delete resources.EventsLogGroup;
      if (resources.UsersTable) delete resources.UsersTable.Properties.PointInTimeRecoverySpecification;
      if (resources.KeysTable) resources.KeysTable.Properties.TableName = 'weir-production-another';
      if (resources.IdempotencyTable) resources.IdempotencyTable.Properties.DeletionProtectionEnabled = true;
    });
    expect(checkKeeping(broken, common).map(({ place, problem }) => `${place}: ${problem}`)).to.have.members([
      'KeysLogGroup: it keeps lines for ever',
      'EventsLambdaFunction: no log group is declared for it, so Lambda makes an endless one',
      'UsersTable: it has no point-in-time recovery',
      'KeysTable: no plan of backups has it',
      'IdempotencyTable: it is protected before a deployment has succeeded',
    ]);
  });

  it('finds backups that outlive what an erasure promises, in the plan and in the vault', () => {
    const templates = checkedTemplates();
    const broken = [
      breakService(templates, 'ingest-stream', (resources) => {
        resources.BackupPlan?.Properties.BackupPlan.BackupPlanRule.push({ Lifecycle: {}, ScheduleExpression: 'x' });
      }),
      breakService(templates, 'ingest-stream', (resources) => {
        if (resources.BackupVault) resources.BackupVault.Properties.LockConfiguration.MaxRetentionDays = 35;
      }),
    ];
    for (const one of broken) {
      expect(checkKeeping(one, common).map(({ problem }) => problem)).to.deep.equal([
        'backups are kept for longer than the 35 days that an erasure promises',
      ]);
    }
  });

  it('finds stacks without tags, and services whose tables nothing protects', () => {
    const { stackTags: _tags, ...provider } = common.provider;
    const plugins = common.plugins.filter((plugin) => plugin !== '@weir/stacks');
    expect(checkKeeping(checkedTemplates(), { plugins, provider }).map(({ problem }) => problem)).to.deep.equal([
      ...['stacks have no tag weir:stage', 'stacks have no tag weir:service'],
      'no plugin protects the tables after a deployment',
    ]);
  });
});
