import { resourcesOf, type Service } from '../framework/serverless.ts';

const TOPIC_ARN = /^arn:aws[\w-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}(\.fifo)?$/;
const NEXT =
  'give the ARNs of SNS topics, by --param="alarmActions=arn:…,arn:…", by WEIR_ALARM_ACTIONS, or in serverless.common.yml';

/** What keeps a stage's alarms from reaching somebody, one sentence for each problem. */
export function alarmActionProblems(service: Service): string[] {
  const { alarmActions: given, onCall } = (service.custom?.stage ?? {}) as Readonly<Record<string, unknown>>;
  const isOnCall = String(onCall) === 'true' || service.provider.stage.split('-')[0] === 'production';
  if (typeof given === 'string') return [`- alarmActions is one text, and must be a list: ${NEXT}`];
  const names = Array.isArray(given) ? (given as readonly unknown[]) : [];
  const unknown = names.filter((name) => typeof name !== 'string' || !TOPIC_ARN.test(name));
  return [
    ...(isOnCall && names.length === 0 ? [`- alarmActions is empty, and nobody hears of an alarm: ${NEXT}`] : []),
    ...unknown.map(
      (name) => `- alarmActions has ${JSON.stringify(name)}, which is not the ARN of an SNS topic: ${NEXT}`,
    ),
    ...textProblems(service),
  ];
}

/** CloudFormation refuses a text in place of a list only after it has begun. */
function textProblems(service: Service): string[] {
  const alarms = resourcesOf(service).filter(({ Type }) => Type.startsWith('AWS::CloudWatch::'));
  const texts = alarms.filter(({ Properties }) => typeof Properties?.AlarmActions === 'string');
  if (texts.length === 0) return [];
  return [`- AlarmActions is one text in ${texts.length} of the service's alarms: let alarm-actions.cjs split it`];
}
