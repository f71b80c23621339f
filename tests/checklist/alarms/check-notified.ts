import { askedAlarms } from '../../templates/canary/asked-alarms.ts';
import { resourcesOf, type Template } from '../../templates/template.ts';
import { isTold } from './is-told.ts';

/**
 * Alarms that tell nobody, and a composite alarm that leaves out some. The alarm of a new version is for CodeDeploy
 * alone: who deploys sees the failure, and nobody is woken by a version that is already taken back.
 */
export function checkNotified(template: Template): { place: string; problem: string }[] {
  const asked = askedAlarms(template);
  const composites = resourcesOf(template, 'AWS::CloudWatch::CompositeAlarm');
  const [composite] = composites;
  const rule = JSON.stringify(composite?.[1].Properties.AlarmRule ?? '');
  const problems = [
    ...(composites.length === 1 ? [] : [`has ${composites.length} composite alarms, and must have one`]),
    ...(isTold(composite?.[1].Properties.OKActions) ? [] : ['its composite alarm does not tell when all is over']),
  ];
  const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm').map(([place, { Properties }]) => {
    const isIn = rule.includes(`ALARM(\\"\${${place}}\\")`);
    return { place, isIn, notifies: isTold(Properties.AlarmActions), isAsked: asked.has(place) };
  });
  const [ofVersions, others] = [alarms.filter(({ isAsked }) => isAsked), alarms.filter(({ isAsked }) => !isAsked)];
  return [
    ...others.flatMap(({ place, notifies }) => (notifies ? [] : [{ place, problem: 'notifies nobody' }])),
    ...others.flatMap(({ place, isIn }) => (isIn ? [] : [{ place, problem: 'is not in the composite alarm' }])),
    ...ofVersions
      .filter(({ isIn, notifies }) => isIn || notifies)
      .map(({ place }) => ({ place, problem: 'is for CodeDeploy alone, and tells people' })),
    ...problems.map((problem) => ({ place: 'the service', problem })),
  ];
}
