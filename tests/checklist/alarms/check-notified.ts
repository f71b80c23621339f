import { resourcesOf, type Template, versionAlarms } from '../../templates/template.ts';

const TOPIC = /^arn:aws:sns:/;

/** Alarms that tell nobody, and a composite alarm that leaves out some. */
export function checkNotified(template: Template): { place: string; problem: string }[] {
  const others = versionAlarms(template);
  const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm').filter(([id]) => !others.has(id));
  const composites = resourcesOf(template, 'AWS::CloudWatch::CompositeAlarm');
  const silent = alarms.filter(([, { Properties }]) => !isTold(Properties.AlarmActions));
  const [composite] = composites;
  const rule = JSON.stringify(composite?.[1].Properties.AlarmRule ?? '');
  const leftOut = alarms.filter(([id]) => !rule.includes(`ALARM(\\"\${${id}}\\")`));
  const problems = [
    ...(composites.length === 1 ? [] : [`has ${composites.length} composite alarms, and must have one`]),
    ...(isTold(composite?.[1].Properties.OKActions) ? [] : ['its composite alarm does not tell when all is over']),
  ];
  return [
    ...silent.map(([place]) => ({ place, problem: 'notifies nobody' })),
    ...leftOut.map(([place]) => ({ place, problem: 'is not in the composite alarm' })),
    ...problems.map((problem) => ({ place: 'the service', problem })),
  ];
}

function isTold(actions: unknown): boolean {
  return Array.isArray(actions) && actions.length > 0 && actions.every((action) => TOPIC.test(String(action)));
}
