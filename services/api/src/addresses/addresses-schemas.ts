import { MAIL_TYPES } from '@weir/mail';
import { objectSchema, type Part, refTo, timeSchema } from '../openapi/parts/schema-parts.ts';
import { newAddressSchema } from './list/address-schema.ts';

/** The schemas that the addresses' operations refer to. */
export const addressesSchemas: Part = {
  NewAddress: newAddressSchema,
  Address: objectSchema(
    'Who gets which mail',
    {
      id: { type: 'string' },
      address: { type: 'string', description: 'Absent once it is erased' },
      receives: { type: 'array', items: { type: 'string', enum: MAIL_TYPES } },
      status: {
        type: 'string',
        enum: ['active', 'unsubscribed', 'bounced', 'complained', 'erased'],
        description:
          'Only an `active` address gets mail. `bounced`: a mail server refused it for ever. `complained`: its reader marked a mail as spam',
      },
      reason: { type: 'string', description: 'What a mail server said of one that bounced or complained' },
      createdAt: timeSchema,
      updatedAt: timeSchema,
    },
    ['address', 'reason'],
  ),
  Addresses: objectSchema(
    'One page of addresses',
    {
      items: { type: 'array', items: refTo('Address') },
      cursor: { type: 'string', description: 'The cursor of the next page; absent on the last page' },
    },
    ['cursor'],
  ),
};
