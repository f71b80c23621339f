import type { AlertData, AlertRecoveredData, WebhookData } from './webhook-data.ts';
import type { WebhookMessage, WebhookType } from './webhook-message.ts';

type TextOf = { readonly [Type in WebhookType]: (data: WebhookData[Type]) => string };

/** What each type of message says in one or two lines. */
const textOf: TextOf = {
  'alert.fired': (data) => `${data.alert.name}: ${conditionOf(data)}\n${bucketOf(data)}${data.late ? ' (late)' : ''}`,
  'alert.recovered': (data) => `Recovered: ${data.alert.name}\n${figureOf(data)}, ${bucketOf(data)}${firedOf(data)}`,
  'report.ready': (data) => `The ${data.kind} report from ${data.from} to ${data.to} is ready: ${data.path}`,
  'user.erased': ({ erasureId, userId }) => `Erased ${userId ?? 'a user'} (erasure ${erasureId})`,
  'endpoint.disabled': ({ endpointId, reason, since }) =>
    `Endpoint ${endpointId} is disabled since ${since}: ${reason}`,
  'message.attempt.exhausted': (data) =>
    `Endpoint ${data.endpointId} did not take ${data.type} ${data.messageId} in ${data.attempts} attempts`,
  'endpoint.test': ({ endpointId }) => `This is a test of endpoint ${endpointId}`,
};

/** A message as people read it. */
export function slackText({ type, data }: Pick<WebhookMessage, 'type' | 'data'>): string {
  return (textOf[type] as (data: unknown) => string)(data);
}

function conditionOf(data: AlertData): string {
  if (data.comparison === 'silent') return `nothing was counted of ${data.action}`;
  return `${figureOf(data)} is ${data.comparison} ${limitOf(data)}`;
}

function figureOf({ field, action, value }: AlertData): string {
  return `${field} of ${action} ${value}`;
}

function limitOf({ comparison, threshold, relative, baseline }: AlertData): string {
  if (relative === undefined) return String(threshold);
  const sign = comparison === 'above' ? '+' : '-';
  return `${baseline} ${sign} ${relative.percent} % (${relative.to})`;
}

function bucketOf({ bucket: { start, interval } }: AlertData): string {
  return `${interval} of ${start}`;
}

function firedOf({ firedBucket }: AlertRecoveredData): string {
  return `; fired for the ${firedBucket.interval} of ${firedBucket.start}`;
}
