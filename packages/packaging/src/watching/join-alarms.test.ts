import { expect } from 'chai';
import type { TemplateResource } from '../framework/serverless.ts';
import { joinAlarms } from './join-alarms.ts';

describe('joinAlarms', () => {
  it('makes a composite alarm of all alarms of the template, of which a stage may lack some', () => {
    const Resources: Record<string, TemplateResource> = {
      BehindAlarm: { Type: 'AWS::CloudWatch::Alarm' },
      MailsAlarm: { Type: 'AWS::CloudWatch::Alarm', Condition: 'SendsMail' },
      Table: { Type: 'AWS::DynamoDB::Table' },
      All: { Type: 'AWS::CloudWatch::CompositeAlarm', Properties: { AlarmName: 'all' } },
    };
    const provider = { stage: 'production', compiledCloudFormationTemplate: { Resources } };
    const service = { provider, getAllFunctions: () => [], getFunction: () => ({}) };
    joinAlarms({ serviceDir: '', service, classes: { Error } });
    const mails = { 'Fn::If': ['SendsMail', { 'Fn::Sub': `ALARM("\${MailsAlarm}")` }, 'FALSE'] };
    expect(Resources.All?.Properties).to.deep.equal({
      AlarmName: 'all',
      AlarmRule: { 'Fn::Join': [' OR ', [{ 'Fn::Sub': `ALARM("\${BehindAlarm}")` }, mails]] },
    });
  });
});
