import type { FromSchema } from '@weir/events';
import type { dataSchemas } from './webhook-schemas.ts';

/** The `data` of each type of message. All times are RFC 3339 in UTC, with milliseconds. */
export type WebhookData = { readonly [Type in keyof typeof dataSchemas]: FromSchema<(typeof dataSchemas)[Type]> };

export type AlertData = WebhookData['alert.fired'];
export type AlertRecoveredData = WebhookData['alert.recovered'];
export type AlertBucket = AlertData['bucket'];
export type UserErasedData = WebhookData['user.erased'];
