import { MAIL_TYPES, MAX_ADDRESS_LENGTH } from '@weir/mail';

/** The body of `POST /v1/addresses`. */
export const newAddressSchema = {
  type: 'object',
  description: 'An address, and what it gets',
  properties: {
    address: {
      type: 'string',
      minLength: 3,
      maxLength: MAX_ADDRESS_LENGTH,
      description: 'In ASCII, at a host with a name. Capitals do not matter',
    },
    receives: {
      type: 'array',
      items: { type: 'string', enum: MAIL_TYPES },
      uniqueItems: true,
      description:
        '`report.ready`: the daily report. Alerts go to the addresses that their rules name, so it may be empty',
    },
  },
  required: ['address', 'receives'],
  additionalProperties: false,
} as const;
