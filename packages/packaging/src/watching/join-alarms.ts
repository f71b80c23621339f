import type { Serverless, TemplateResource } from '../framework/serverless.ts';

/** CloudWatch takes no longer rule. */
const MAX_ALARMS = 100;

/** Writes the rule of each composite alarm of the template: it is up while any alarm of the template is. */
export function joinAlarms({ service, classes }: Serverless): void {
  const { Resources } = service.provider.compiledCloudFormationTemplate;
  const alarms = Object.entries(Resources).filter(([, { Type }]) => Type === 'AWS::CloudWatch::Alarm');
  if (alarms.length > MAX_ALARMS) throw new classes.Error(`A composite alarm takes ${MAX_ALARMS} alarms at most`);
  const isUp = alarms.map(([id, alarm]) => termOf(id, alarm));
  for (const { Type, Properties } of Object.values(Resources)) {
    if (Type === 'AWS::CloudWatch::CompositeAlarm' && Properties) Properties.AlarmRule = { 'Fn::Join': [' OR ', isUp] };
  }
}

/** An alarm that the stage does not have counts as down. */
function termOf(id: string, { Condition }: TemplateResource): unknown {
  const isUp = { 'Fn::Sub': `ALARM("\${${id}}")` };
  return Condition === undefined ? isUp : { 'Fn::If': [Condition, isUp, 'FALSE'] };
}
