import { expect } from 'chai';
import { until } from '../../testing/until.ts';
import { type LocalService, startLocalService } from '../testing/local-service.ts';

describe('schedules of the local AWS', function () {
  this.timeout(30_000);
  let service: LocalService;
  before(async () => {
    service = await startLocalService({ name: 'due' });
  });
  after(() => service?.end());

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
    await service.register({ resources, functions });
    const { local, lambda } = service;
    expect(local.notices()).to.include(
      'The schedule Also: The local AWS fires at the beginning of a flexible time window',
    );
    await until(() => lambda.of('due-local-report').length === 1);
    expect(lambda.of('due-local-report')[0]?.event).to.deep.equal({ a: 1 });
    const bodies: string[] = [];
    await until(async () => {
      bodies.push(...(await service.bodiesIn('jobs')));
      return bodies.length === 1;
    });
    expect(bodies).to.deep.equal(['a text']);
  });
});
