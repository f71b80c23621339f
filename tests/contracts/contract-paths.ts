/** The API's document, from the root of the repository. */
export const DOCUMENT_FILE = 'docs/contracts/openapi.json';

/** The event's schema and limits. */
export const EVENT_FILE = 'docs/contracts/event.json';

/** The bodies of webhooks, by the types of messages. */
export const WEBHOOKS_FILE = 'docs/contracts/webhooks.json';

/** The messages of the live push, in both directions. */
export const LIVE_FILE = 'docs/contracts/live.json';
