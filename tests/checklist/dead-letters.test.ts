import { expect } from 'chai';
import { type Properties, resourcesOf, type Template, target } from '../templates/template.ts';
import { breakService, checkedTemplates, type Finding, type Templates } from './checked-templates.ts';

const FOURTEEN_DAYS_SECONDS = 14 * 86_400;
const NEXT_RUN = 'The next run of its schedule does what a failed one has left, and an alarm counts failures';

/** Why what such a function cannot do goes to no queue, by service and function. */
const NEEDS_NONE: Readonly<Record<string, string>> = {
  'api EraseLambdaFunction': NEXT_RUN,
  'ingest-stream SweepLambdaFunction': NEXT_RUN,
  'notifications ClockLambdaFunction': NEXT_RUN,
  'notifications HangupLambdaFunction': NEXT_RUN,
  'reports AuditLambdaFunction': NEXT_RUN,
  'reports DailyLambdaFunction': NEXT_RUN,
  'reports SweepLambdaFunction': NEXT_RUN,
};

/** Why a mapping of a stream gives nothing up: it retries until the stream forgets the record, and an alarm tells. */
const RETRIES_FOR_EVER: Readonly<Record<string, string>> = {
  'notifications EvaluateLambdaFunction': 'Its cursor says where it stands: an evaluator that was behind goes on there',
  'notifications DispatchLambdaFunction': 'Firings and deliveries stay in the table, and the clock finds what is due',
};

type Place = Omit<Finding, 'service'>;

/** What a function fails to do goes somewhere: to a queue or S3, from where it can be sent again. */
function checkDeadLetters(templates: Templates): Finding[] {
  const used = new Set<string>();
  const findings = Object.entries(templates).flatMap(([service, template]) => {
    const isExcused = (reasons: Readonly<Record<string, string>>, place: string) => {
      const key = `${service} ${place}`;
      if (reasons[key] !== undefined) used.add(key);
      return reasons[key] !== undefined;
    };
    return [
      ...streamProblems(template, (place) => isExcused(RETRIES_FOR_EVER, place)),
      ...asyncProblems(template, (place) => isExcused(NEEDS_NONE, place)),
      ...queueProblems(template),
    ].map((finding) => ({ service, ...finding }));
  });
  const needless = Object.keys({ ...NEEDS_NONE, ...RETRIES_FOR_EVER }).filter((key) => !used.has(key));
  return [...findings, ...needless.map((place) => ({ service: '', place, problem: 'its reason is not needed' }))];
}

function streamProblems(template: Template, isExcused: (place: string) => boolean): Place[] {
  return mappingsOf(template).flatMap(([place, mapping]) => {
    if (!('StartingPosition' in mapping)) return [];
    if (onFailure(mapping.DestinationConfig) !== undefined) return [];
    if (isExcused(place) && mapping.MaximumRetryAttempts === -1) return [];
    return [{ place, problem: 'records of its stream that it gives up are lost' }];
  });
}

/** Rules and topics call a function asynchronously, and S3 does too. */
function asyncProblems(template: Template, isExcused: (place: string) => boolean): Place[] {
  const callers = new Set(['events.amazonaws.com', 's3.amazonaws.com', 'sns.amazonaws.com']);
  const called = resourcesOf(template, 'AWS::Lambda::Permission')
    .filter(([, { Properties }]) => callers.has(String(Properties.Principal)))
    .map(([, { Properties }]) => target(Properties.FunctionName) ?? '');
  const configs = resourcesOf(template, 'AWS::Lambda::EventInvokeConfig').map(([, { Properties }]) => Properties);
  return [...new Set(called)].flatMap((place) => {
    const config = configs.find(({ FunctionName }) => target(FunctionName) === place);
    if (onFailure(config?.DestinationConfig) !== undefined || isExcused(place)) return [];
    return [{ place, problem: 'events that it gives up are lost' }];
  });
}

/** Each queue from which a function or a topic is read leads to another one, which keeps messages as long as SQS can. */
function queueProblems(template: Template): Place[] {
  const sources = mappingsOf(template)
    .filter(([, mapping]) => !('StartingPosition' in mapping))
    .map(([, { EventSourceArn }]) => target(EventSourceArn) ?? '');
  const queues = new Map(resourcesOf(template, 'AWS::SQS::Queue'));
  const subscriptions = resourcesOf(template, 'AWS::SNS::Subscription').filter(
    ([, { Properties }]) => Properties.Protocol === 'sqs',
  );
  const redriven = [
    ...[...new Set(sources)].map((place) => [place, queues.get(place)?.Properties.RedrivePolicy] as const),
    ...subscriptions.map(([place, { Properties }]) => [place, Properties.RedrivePolicy] as const),
  ];
  const lost = redriven.flatMap(([place, policy]) => {
    const { deadLetterTargetArn } = (policy ?? {}) as Properties;
    return queues.has(target(deadLetterTargetArn) ?? '') ? [] : [{ place, problem: 'it has no dead-letter queue' }];
  });
  const short = [...queues].filter(
    ([place, { Properties }]) =>
      !sources.includes(place) && Properties.MessageRetentionPeriod !== FOURTEEN_DAYS_SECONDS,
  );
  return [...lost, ...short.map(([place]) => ({ place, problem: 'it keeps messages for less than 14 days' }))];
}

function mappingsOf(template: Template): (readonly [string, Properties])[] {
  return resourcesOf(template, 'AWS::Lambda::EventSourceMapping').map(
    ([, { Properties }]) => [target(Properties.FunctionName) ?? '', Properties] as const,
  );
}

function onFailure(config: unknown): unknown {
  return (config as { OnFailure?: { Destination?: unknown } } | undefined)?.OnFailure?.Destination;
}

describe('the checklist: dead letters', () => {
  it('holds in every service', () => {
    expect(checkDeadLetters(checkedTemplates())).to.deep.equal([]);
  });

  it('finds a stream, an event and a queue whose failures are lost', () => {
    const broken = breakService(checkedTemplates(), 'notifications', (resources) => {
      for (const { Type, Properties } of Object.values(resources)) {
        const isOf = (name: string) => target(Properties.FunctionName) === name;
        if (Type === 'AWS::Lambda::EventSourceMapping' && isOf('EvaluateLambdaFunction')) {
          Properties.MaximumRetryAttempts = 3;
        }
        if (Type === 'AWS::Lambda::EventInvokeConfig' && isOf('FeedbackLambdaFunction')) {
          delete Properties.DestinationConfig;
        }
      }
      if (resources.Mails) delete resources.Mails.Properties.RedrivePolicy;
      if (resources.WebhooksDeadLetters) delete resources.WebhooksDeadLetters.Properties.MessageRetentionPeriod;
    });
    expect(checkDeadLetters(broken).map(({ place, problem }) => `${place}: ${problem}`)).to.have.members([
      'EvaluateLambdaFunction: records of its stream that it gives up are lost',
      'FeedbackLambdaFunction: events that it gives up are lost',
      'Mails: it has no dead-letter queue',
      'WebhooksDeadLetters: it keeps messages for less than 14 days',
    ]);
  });

  it('finds a reason that nothing needs any more', () => {
    const broken = breakService(checkedTemplates(), 'reports', (resources) => {
      for (const [id, { Properties }] of Object.entries(resources)) {
        if (target(Properties?.FunctionName) === 'DailyLambdaFunction') delete resources[id];
      }
    });
    expect(checkDeadLetters(broken)).to.deep.equal([
      { service: '', place: 'reports DailyLambdaFunction', problem: 'its reason is not needed' },
    ]);
  });
});
