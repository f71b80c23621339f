import { MAX_PREVIEWED_ACTIONS, MAX_PREVIEWED_BUCKETS } from '../rule/limits.ts';
import { newAlertSchema } from '../rule/rule-schema.ts';

/** The body of `POST /v1/alerts/preview`. */
export const previewSchema = {
  ...newAlertSchema,
  description: `A rule, and the range in which it would have judged: at most ${MAX_PREVIEWED_ACTIONS} actions and ${MAX_PREVIEWED_BUCKETS} buckets`,
  properties: {
    ...newAlertSchema.properties,
    from: {
      type: ['string', 'integer'],
      description:
        'RFC 3339 or epoch milliseconds, inclusive, rounded down to a bucket; without it, a day before `to` for minutes, a week for hours, and 90 days for days',
    },
    to: {
      type: ['string', 'integer'],
      description: 'Exclusive; without it, now. A bucket that is not over is left out',
    },
  },
  required: ['action', 'comparison'],
} as const;
