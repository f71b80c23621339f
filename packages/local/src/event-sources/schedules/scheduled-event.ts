import { randomUUID } from 'node:crypto';
import { ACCOUNT_ID } from '../../registration/template-values.ts';

/** A rule of EventBridge, or a schedule of its Scheduler. */
export interface EventOrigin {
  readonly kind: 'rule' | 'schedule';
  readonly region: string;
  /** The rule's name; the group's and the schedule's with a slash between. */
  readonly name: string;
}

/** The event of a firing that has no input of its own. */
export function scheduledEvent(origin: EventOrigin, at: number): object {
  const { kind, region } = origin;
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: kind === 'rule' ? 'aws.events' : 'aws.scheduler',
    account: ACCOUNT_ID,
    time: timeText(at),
    region,
    resources: [arnOf(origin)],
    // The Scheduler sends a text here.
    detail: kind === 'rule' ? {} : '{}',
  };
}

/** An input as it is sent; the Scheduler replaces its keywords. */
export function filledInput(input: string, origin: EventOrigin, at: number): string {
  if (origin.kind === 'rule') return input;
  return input
    .replaceAll('<aws.scheduler.schedule-arn>', arnOf(origin))
    .replaceAll('<aws.scheduler.scheduled-time>', timeText(at))
    .replaceAll('<aws.scheduler.execution-id>', randomUUID())
    .replaceAll('<aws.scheduler.attempt-number>', '1');
}

function arnOf({ kind, region, name }: EventOrigin): string {
  return `arn:aws:${kind === 'rule' ? 'events' : 'scheduler'}:${region}:${ACCOUNT_ID}:${kind}/${name}`;
}

/** A moment as EventBridge writes it. */
export function timeText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
