import type { AwsCall } from '../../aws-calls/aws-call.ts';
import type { AwsClient } from '../../aws-calls/aws-client.ts';
import { expectRight, sourceNeeds } from '../../aws-door/rights/needs/acting-needs.ts';
import type { FunctionEvent } from '../../invoke/function-event.ts';
import { physicalResource } from '../../registration/template-values.ts';
import type { DeclaredMapping } from '../mappings/declared-mappings.ts';
import type { EventSourceMapping } from '../mappings/event-source-mapping.ts';
import type { SourceClock } from '../mappings/source-clock.ts';
import { openQueue } from './queue-client.ts';
import { readQueueSettings } from './queue-settings.ts';
import { startQueueSource } from './queue-source.ts';

/** What every mapping of a queue needs. */
export interface QueueMappingDeps {
  /** The door. */
  readonly aws: AwsClient;
  readonly clock: SourceClock;
  readonly log: (line: string) => void;
}

/** SQS' default. */
const DEFAULT_VISIBILITY_SECONDS = 30;

/** Reads a mapping of a queue; throws what is wrong with it. */
export function queueMapping(
  { event, resolved, laidOver }: DeclaredMapping,
  { aws, clock, log }: QueueMappingDeps,
): EventSourceMapping {
  const queueArn = String(resolved.arn);
  const queueName = queueArn.split(':').at(-1) ?? '';
  const { name, timeoutSeconds } = event.definition;
  const visibilitySeconds = declaredVisibility(queueArn, event);
  const context = { queueName, functionTimeoutSeconds: timeoutSeconds, visibilitySeconds };
  const settings = readQueueSettings(resolved, laidOver, context);
  const logOwn = (line: string) => log(`${name}: ${line}`);
  return {
    source: `the queue ${queueName}`,
    isWokenBy: (call) => maySend(queueName, call),
    open: async () => {
      expectRight(event.lacks, sourceNeeds('sqs', queueArn));
      const queue = await openQueue(aws, { queueArn, region: event.registration.region });
      return startQueueSource({ ...queue, settings, clock, invoke: event.invoke, log: logOwn });
    },
  };
}

/** Messages of a topic reach its queues inside the emulator, without a call of SQS. */
function maySend(queueName: string, { service, action, resource }: AwsCall): boolean {
  if (service === 'sns') return action.startsWith('Publish');
  return service === 'sqs' && resource === queueName && /^(?:SendMessage|ChangeMessageVisibility)/.test(action);
}

/** The visibility time-out of a queue of the same service; undefined for a queue of another service. */
function declaredVisibility(queueArn: string, { registration, scope }: FunctionEvent): number | undefined {
  const own = Object.entries(registration.resources).find(
    ([logicalId, { Type }]) => Type === 'AWS::SQS::Queue' && physicalResource(logicalId, scope).arn === queueArn,
  );
  return own && Number(own[1].Properties?.VisibilityTimeout ?? DEFAULT_VISIBILITY_SECONDS);
}
