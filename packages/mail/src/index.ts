export { isMailAddress, MAX_ADDRESS_LENGTH } from './addresses/mail-address.ts';
export { MAIL_TYPES, type MailType } from './addresses/mail-types.ts';
export {
  isSecretOf,
  makeUnsubscribeSecret,
  readUnsubscribeToken,
  UNSUBSCRIBE_SECRET_BYTES,
  type UnsubscribeToken,
  unsubscribeToken,
} from './addresses/unsubscribe-token.ts';
export { addHeaders, type MailHeaders, senderAt } from './headers/add-headers.ts';
export { fillUnsubscribe } from './headers/fill-unsubscribe.ts';
