import { expect } from 'chai';
import { alarmActionProblems } from './alarm-action-problems.ts';

const TOPIC = 'arn:aws:sns:eu-west-1:000000000000:on-call';

describe('alarmActionProblems', () => {
  it('lets a stage have topics, and one without anybody on call have none', () => {
    expect(problems({ alarmActions: [TOPIC], onCall: 'true' })).to.deep.equal([]);
    expect(problems({ alarmActions: [], onCall: 'false' }, { stage: 'dev-anna' })).to.deep.equal([]);
  });

  for (const [stage, onCall] of [
    ['production', 'true'],
    ['production-eu', 'false'],
    ['staging', 'true'],
  ] as const) {
    it(`refuses ${stage}, on call ${onCall}, without a topic`, () => {
      const [problem, ...others] = problems({ alarmActions: [], onCall }, { stage });
      expect(problem).to.match(/^- alarmActions is empty, and nobody hears of an alarm: give the ARNs of SNS topics/);
      expect(others).to.deep.equal([]);
    });
  }

  it('refuses one text where a list must be', () => {
    expect(problems({ alarmActions: `${TOPIC},${TOPIC}`, onCall: 'true' })).to.match(/alarmActions is one text/);
    expect(problems({ alarmActions: [TOPIC], onCall: 'true' }, { inAlarm: TOPIC })).to.match(
      /AlarmActions is one text in 1 of the service's alarms/,
    );
  });

  it('refuses what is not the ARN of a topic, several of them in one text too', () => {
    for (const wrong of ['on-call', 'arn:aws:sqs:eu-west-1:000000000000:on-call', `${TOPIC},${TOPIC}`]) {
      expect(problems({ alarmActions: [wrong], onCall: 'true' }), wrong).to.match(/is not the ARN of an SNS topic/);
    }
  });
});

function problems(
  stageParameters: object,
  { stage = 'production', inAlarm }: { stage?: string; inAlarm?: string } = {},
) {
  const AlarmActions = inAlarm ?? [TOPIC];
  const resources = { Resources: { A: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmActions } } } };
  const provider = { stage, compiledCloudFormationTemplate: { Resources: {} } };
  const custom = { stage: stageParameters };
  return alarmActionProblems({ provider, custom, resources, getAllFunctions: () => [], getFunction: () => ({}) });
}
