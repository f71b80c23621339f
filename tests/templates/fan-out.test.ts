import { readRecordFilter } from '@weir/local/record-filter';
import { expect } from 'chai';
import { packageService } from './package-service.ts';
import { type Properties, propertiesOf, resourcesOf, type Template, target, variablesOf } from './template.ts';
import { type DeliveringStage, deliveryFaults, type Policy } from './topic-deliveries.ts';

const STAGE = 'production';
/** AWS' advice for the visibility time-out of a queue: so many times the time-out of its function. */
const VISIBILITY_FACTOR = 6;
const DAYS_14 = 14 * 86_400;

describe('the fan-out of jobs, as it is packaged', () => {
  let template: Template;
  let stage: DeliveringStage;

  before(() => {
    ({ template } = packageService('reports', STAGE));
    const { KeyPolicy } = propertiesOf(packageService('ingest-stream', STAGE).template, 'DataKey');
    stage = { template, keyPolicy: KeyPolicy as DeliveringStage['keyPolicy'] };
  });

  const mappingOf = (functionId: string): Properties => {
    const mappings = resourcesOf(template, 'AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => Properties);
    return mappings.find(({ FunctionName }) => target(FunctionName) === functionId) ?? {};
  };

  it('lets messages of topics reach their queues', () => {
    expect(deliveryFaults(stage)).to.deep.equal([]);
  });

  it('would not without a statement of a queue, or of the key', () => {
    const queuePolicy = propertiesOf(template, 'ReportPartsQueuePolicy');
    const Properties = { ...queuePolicy, PolicyDocument: withoutSns(queuePolicy.PolicyDocument as Policy) };
    const ReportPartsQueuePolicy = { Type: 'AWS::SQS::QueuePolicy', Properties };
    const changed = { ...template, Resources: { ...template.Resources, ReportPartsQueuePolicy } };
    expect(deliveryFaults({ ...stage, template: changed })).to.deep.equal([
      'the policy of ReportPartsQueue does not let SNS send messages of ReportParts',
    ]);
    expect(deliveryFaults({ ...stage, keyPolicy: withoutSns(stage.keyPolicy) })).to.deep.equal([
      'the policy of the key of ReportPartsQueue does not let SNS use it for ReportParts',
      'the policy of the key of ReportPartsDeadLetters does not let SNS use it for ReportParts',
    ]);
  });

  it('hides a part for six times the time-out of its function, and gives it up after as many attempts as that counts', () => {
    const { Timeout } = propertiesOf(template, 'WorkLambdaFunction');
    const queue = propertiesOf(template, 'ReportPartsQueue');
    expect(queue.VisibilityTimeout).to.equal(Number(Timeout) * VISIBILITY_FACTOR);
    const { deadLetterTargetArn, maxReceiveCount } = queue.RedrivePolicy as Record<string, unknown>;
    expect(target(deadLetterTargetArn)).to.equal('ReportPartsDeadLetters');
    expect(variablesOf(template, 'WorkLambdaFunction').WEIR_PART_RECEIVES).to.equal(String(maxReceiveCount));
  });

  it('counts a job as stalled after all receives of a part, and not before', () => {
    const { VisibilityTimeout } = propertiesOf(template, 'ReportPartsQueue');
    const { WEIR_PART_RECEIVES: receives } = variablesOf(template, 'WorkLambdaFunction');
    const { WEIR_JOB_STALLED_SECONDS: stalled } = variablesOf(template, 'SweepLambdaFunction');
    expect(Number(stalled)).to.be.above(Number(VisibilityTimeout) * Number(receives));
  });

  it('hands a part to one call at a time, to twenty calls at once, and hears which have failed', () => {
    expect(mappingOf('WorkLambdaFunction')).to.deep.include({
      BatchSize: 1,
      ScalingConfig: { MaximumConcurrency: 20 },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
  });

  it('delivers parts as they are, and keeps what cannot be delivered, or failed, for 14 days', () => {
    const [[, subscription] = []] = resourcesOf(template, 'AWS::SNS::Subscription');
    const { RawMessageDelivery, RedrivePolicy } = subscription?.Properties ?? {};
    expect(RawMessageDelivery).to.equal(true);
    const { deadLetterTargetArn } = RedrivePolicy as { deadLetterTargetArn: unknown };
    expect(target(deadLetterTargetArn)).to.equal('ReportPartsDeadLetters');
    for (const id of ['ReportPartsDeadLetters', 'ReportJobsDeadLetters']) {
      expect(propertiesOf(template, id).MessageRetentionPeriod, id).to.equal(DAYS_14);
    }
  });

  it('gives up a record of the table soon, as the sweep finds its job', () => {
    const { DestinationConfig, ...mapping } = mappingOf('CoordinateLambdaFunction');
    expect(mapping).to.deep.include({
      ParallelizationFactor: 1,
      StartingPosition: 'TRIM_HORIZON',
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 5,
      MaximumRecordAgeInSeconds: 3600,
    });
    const { OnFailure } = DestinationConfig as { OnFailure: { Destination: unknown } };
    expect(target(OnFailure.Destination)).to.equal('ReportJobsDeadLetters');
    expect(propertiesOf(template, 'ReportsTable').StreamSpecification).to.deep.equal({ StreamViewType: 'NEW_IMAGE' });
  });

  for (const [name, record, wakes] of [
    ['a new job', { eventName: 'INSERT', status: 'queued' }, true],
    ['a new job that runs at once', { eventName: 'INSERT', status: 'running' }, true],
    ['the end of a part', { eventName: 'MODIFY', status: 'running' }, false],
    ['the end of a job', { eventName: 'MODIFY', status: 'done' }, true],
    ['a failure', { eventName: 'MODIFY', status: 'failed' }, true],
    ['a cancellation', { eventName: 'MODIFY', status: 'cancelled' }, true],
    ['a job that expires', { eventName: 'REMOVE', status: 'done' }, false],
    ['a daily report', { eventName: 'INSERT', status: 'done', pk: 'reports#daily' }, false],
  ] as const) {
    it(`${wakes ? 'calls' : 'does not call'} the function coordinate for ${name}`, () => {
      const { FilterCriteria } = mappingOf('CoordinateLambdaFunction');
      const patterns = (FilterCriteria as { Filters: readonly { Pattern: string }[] }).Filters;
      const filter = readRecordFilter(patterns.map(({ Pattern }) => JSON.parse(Pattern)));
      const { eventName, status, pk = 'jobs#summary' } = { pk: undefined, ...record };
      const NewImage = { pk: { S: pk }, status: { S: status } };
      const fields = { eventName, dynamodb: { Keys: { pk: { S: pk }, sk: { S: '1' } }, NewImage } };
      expect(filter({ fields })).to.equal(wakes);
    });
  }

  it('expires what jobs leave: the work of parts after two days, answers after 90 days', () => {
    const { LifecycleConfiguration } = propertiesOf(template, 'ReportsBucket');
    const { Rules } = LifecycleConfiguration as { Rules: readonly Record<string, unknown>[] };
    const daysOf = (prefix: string) => Rules.find(({ Prefix }) => Prefix === prefix)?.ExpirationInDays;
    expect([daysOf('jobs/'), daysOf('reports/jobs/'), daysOf('reports/')]).to.deep.equal([2, 90, undefined]);
    expect(daysOf('audits/work/'), 'what audits leave').to.equal(2);
    expect(propertiesOf(template, 'ReportsTable').TimeToLiveSpecification).to.deep.equal({
      AttributeName: 'expiresAt',
      Enabled: true,
    });
  });
});

function withoutSns({ Statement, ...policy }: Policy): Policy {
  return { ...policy, Statement: Statement.filter(({ Principal }) => !JSON.stringify(Principal).includes('sns')) };
}
