import {
  ASKED_KINDS,
  DEFAULT_WINDOW_SECONDS,
  MAX_ACTIONS,
  MAX_STEPS,
  MAX_WINDOW_SECONDS,
  MIN_STEPS,
} from './limits.ts';

const ACTION_PATTERN = '^(?!\\.{1,2}$)[A-Za-z0-9._:-]{1,128}$';

const actionSchema = { type: 'string', pattern: ACTION_PATTERN } as const;

/** The body of `POST /v1/reports`. */
export const questionSchema = {
  type: 'object',
  description: 'A question that takes work',
  properties: {
    kind: {
      type: 'string',
      enum: ASKED_KINDS,
      description:
        'What to count: `summary` the actions of each day, `retention` the users who come again week by week, `funnel` the users who do one step after another',
    },
    from: {
      type: ['string', 'integer'],
      description:
        'Inclusive: RFC 3339 or epoch milliseconds, and not in the future. A summary rounds it down to a day',
    },
    to: {
      type: ['string', 'integer'],
      description:
        'Exclusive. A summary rounds it up to a day. If it is in the future, the report has what is counted when its work begins',
    },
    timeZone: { type: 'string', description: 'A name of IANA, such as `Europe/Berlin`; without it, UTC' },
    actions: {
      type: 'array',
      description: 'Only these actions, of a summary or a retention; without it, all',
      items: actionSchema,
      minItems: 1,
      maxItems: MAX_ACTIONS,
      uniqueItems: true,
    },
    steps: {
      type: 'array',
      description: 'The actions of a funnel in their order; an action may occur again',
      items: actionSchema,
      minItems: MIN_STEPS,
      maxItems: MAX_STEPS,
    },
    windowSeconds: {
      type: 'integer',
      minimum: 1,
      maximum: MAX_WINDOW_SECONDS,
      description: `Of a funnel: each step is at most so long after the first one, also past \`to\`; without it, ${DEFAULT_WINDOW_SECONDS} (a day)`,
    },
  },
  required: ['kind', 'from', 'to'],
  additionalProperties: false,
} as const;

/** Sentences for the schema's patterns. */
export const QUESTION_PATTERNS = { [ACTION_PATTERN]: 'must be 1 to 128 of A-Z a-z 0-9 . _ : - and not . or ..' };
