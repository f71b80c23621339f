import { expect } from 'chai';
import type { TemplateResource } from '../framework/serverless.ts';
import { writeDashboards } from './write-dashboards.ts';

describe('writeDashboards', () => {
  it('writes alarms and graphs as the JSON that CloudWatch takes, in which Fn::Sub replaces references', () => {
    const errors = ['AWS/Lambda', 'Errors', 'FunctionName', { Ref: 'Consume' }, { label: 'consume' }];
    const waiting = ['AWS/SQS', 'Age', 'QueueName', { 'Fn::GetAtt': ['Mails', 'QueueName'] }];
    const graphs = [{ title: 'Errors', stat: 'Sum', period: 60, metrics: [errors, waiting] }];
    const Resources: Record<string, TemplateResource> = {
      Behind: { Type: 'AWS::CloudWatch::Alarm' },
      OfMails: { Type: 'AWS::CloudWatch::Alarm', Condition: 'SendsMail' },
      All: { Type: 'AWS::CloudWatch::CompositeAlarm', Condition: 'OnCall' },
      Board: dashboard({ graphs }),
      Overview: dashboard({ alarms: [{ 'Fn::Sub': `arn:\${AWS::Partition}:all` }], graphs: [] }),
    };
    const provider = { stage: 'production', compiledCloudFormationTemplate: { Resources } };
    const service = { provider, getAllFunctions: () => [], getFunction: () => ({}) };
    writeDashboards({ serviceDir: '', service, classes: { Error } });
    const [alarms, graph] = widgetsOf(Resources.Board);
    expect(alarms?.properties).to.deep.include({ alarms: [`\${Behind.Arn}`, `\${All.Arn}`] });
    expect(widgetsOf(Resources.Overview)[0]?.properties).to.deep.include({ alarms: [`arn:\${AWS::Partition}:all`] });
    expect(graph?.properties).to.deep.equal({
      ...{ title: 'Errors', region: `\${AWS::Region}`, view: 'timeSeries', period: 60, stat: 'Sum' },
      metrics: [
        ['AWS/Lambda', 'Errors', 'FunctionName', `\${Consume}`, { label: 'consume' }],
        ['AWS/SQS', 'Age', 'QueueName', `\${Mails.QueueName}`],
      ],
    });
  });
});

function dashboard(DashboardBody: object): TemplateResource {
  return { Type: 'AWS::CloudWatch::Dashboard', Condition: 'OnCall', Properties: { DashboardBody } };
}

function widgetsOf(resource: TemplateResource | undefined): { readonly properties: unknown }[] {
  const { 'Fn::Sub': text } = (resource?.Properties?.DashboardBody ?? {}) as { 'Fn::Sub': string };
  return (JSON.parse(text) as { widgets: { properties: unknown }[] }).widgets;
}
