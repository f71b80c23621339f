import { expect } from 'chai';
import { createAwsClient } from '../../aws-calls/aws-client.ts';
import type { LocalAws } from '../../local-aws/local-aws.ts';
import { startLocalAws } from '../../local-aws/start-local-aws.ts';
import { until } from '../../testing/until.ts';
import { type LambdaStub, startLambdaStub } from '../testing/lambda-stub.ts';

describe('schedules of the local AWS', function () {
  this.timeout(30_000);
  let local: LocalAws;
  let lambda: LambdaStub;
  before(async () => {
    lambda = await startLambdaStub();
    local = await startLocalAws({ dataDir: undefined, port: 0 });
  });
  after(async () => {
    await local?.close();
    lambda?.close();
  });

  it('fire once at a time of a zone, at a function and a queue, and name what is ignored', async () => {
    const inTokyo = new Date(Date.now() + 9 * 3_600_000 + 2_500).toISOString().slice(0, 19);
    const schedule = (Arn: unknown, Input: string, FlexibleTimeWindow: object) => ({
      Type: 'AWS::Scheduler::Schedule',
      Properties: {
        ...{ ScheduleExpression: `at(${inTokyo})`, ScheduleExpressionTimezone: 'Asia/Tokyo', FlexibleTimeWindow },
        Target: { Arn, Input },
      },
    });
    const resources = {
      Jobs: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs' } },
      Once: schedule({ 'Fn::GetAtt': ['ReportLambdaFunction', 'Arn'] }, '{"a":1}', { Mode: 'OFF' }),
      Also: schedule({ 'Fn::GetAtt': ['Jobs', 'Arn'] }, 'a text', { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 5 }),
    };
    const functions = { report: { name: 'due-local-report', timeoutSeconds: 5, events: [] } };
    const registration = { name: 'due', stage: 'local', region: 'us-east-1', lambdaUrl: lambda.url, extensions: {} };
    await local.registerService({ ...registration, resources, functions });
    expect(await local.waitForServices(['due'], 10_000)).to.deep.equal({ outcome: 'ready' });
    expect(local.notices()).to.include(
      'The schedule Also: The local AWS fires at the beginning of a flexible time window',
    );
    await until(() => lambda.of('due-local-report').length === 1);
    expect(lambda.of('due-local-report')[0]?.event).to.deep.equal({ a: 1 });
    const aws = createAwsClient(() => local.url, 'tester');
    const bodies: string[] = [];
    await until(async () => {
      const received = await aws.json('sqs', 'ReceiveMessage', { QueueUrl: `${local.url}/000000000000/jobs` });
      const { Messages = [] } = (received.ok ? received.json : {}) as { Messages?: readonly { Body: string }[] };
      bodies.push(...Messages.map(({ Body }) => Body));
      return bodies.length === 1;
    });
    expect(bodies).to.deep.equal(['a text']);
  });
});
