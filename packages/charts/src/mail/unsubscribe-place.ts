/**
 * Stands for the link that ends mails where a mail is composed once for many readers. `.invalid` is nobody's (RFC 2606), so
 * a link that was never filled in leads nowhere.
 */
export const UNSUBSCRIBE_PLACE = 'https://unsubscribe.invalid/';
