/** The body of `POST /v1/webhooks/{id}/recover`. */
export const recoverySchema = {
  type: 'object',
  description: 'The messages to send again, by their times',
  properties: {
    since: { type: 'string', format: 'date-time', description: 'Inclusive' },
    until: { type: 'string', format: 'date-time', description: 'Exclusive; without it, now' },
  },
  required: ['since'],
  additionalProperties: false,
} as const;
