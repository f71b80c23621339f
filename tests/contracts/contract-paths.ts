/** The API's document, from the root of the repository. */
export const DOCUMENT_FILE = 'docs/contracts/openapi.json';

/** The event's schema and limits. */
export const EVENT_FILE = 'docs/contracts/event.json';
