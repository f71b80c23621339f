import type { Firing, Observation, Recovery } from '@weir/alerts';
import { makeMessageId } from '@weir/dynamodb/webhooks';
import type { AlertBucket, AlertData, WebhookMessage } from '@weir/webhooks';

/** A firing that is told. */
export function firedMessage(firing: Firing): WebhookMessage<'alert.fired'> {
  const { id, firedAt } = firing;
  return {
    ...{ id: makeMessageId(firedAt, `alert.fired ${id}`), type: 'alert.fired', timestamp: firedAt },
    data: alertData(firing, firing),
  };
}

/** The end of a firing that was told. */
export function recoveredMessage(firing: Firing, recovery: Recovery): WebhookMessage<'alert.recovered'> {
  const { recoveredAt } = recovery;
  return {
    ...{ id: makeMessageId(recoveredAt, `alert.recovered ${firing.id}`), type: 'alert.recovered' },
    timestamp: recoveredAt,
    data: { ...alertData(firing, recovery), recoveredAt: rfc3339(recoveredAt), firedBucket: bucketOf(firing) },
  };
}

function alertData({ id, alertId, rule }: Firing, seen: Observation): AlertData {
  const { name, action, field, comparison, threshold, relative } = rule;
  const { value, baseline, count, asOf, late } = seen;
  return {
    ...{ firingId: id, alert: { id: alertId, name }, action, field, comparison },
    ...(threshold !== undefined && { threshold }),
    ...(relative !== undefined && { relative }),
    ...{ bucket: bucketOf(seen), value },
    ...(baseline !== undefined && { baseline }),
    ...{ count, asOf: asOf === undefined ? null : rfc3339(asOf), late },
  };
}

function bucketOf({ bucket: { start, end, interval, closed } }: Observation): AlertBucket {
  return { start: rfc3339(start), end: rfc3339(end), interval, closed };
}

function rfc3339(time: number): string {
  return new Date(time).toISOString();
}
