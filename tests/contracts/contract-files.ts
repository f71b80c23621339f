import { eventSchema } from '../../packages/events/src/contract/event-schema.ts';
import {
  EARLIEST_TIMESTAMP,
  MAX_EVENT_BYTES,
  MAX_LEAD_MS,
  MAX_NESTING,
  MAX_PROPERTIES_BYTES,
} from '../../packages/events/src/contract/limits.ts';
import { createOpenApiDocument } from '../../services/api/src/openapi/document.ts';
import { bareSchema, contractOf } from './contract-of.ts';
import { DOCUMENT_FILE, EVENT_FILE, LIVE_FILE, WEBHOOKS_FILE } from './contract-paths.ts';
import type { ComparedDocument } from './document-breaks.ts';
import type { EventContract } from './event-breaks.ts';
import { liveContract, webhooksContract } from './messages-contracts.ts';

/** What Weir promises to others, as files by their paths from the root of the repository. */
export function contractFiles(): Readonly<Record<string, string>> {
  return {
    [DOCUMENT_FILE]: fileText(contractOf(createOpenApiDocument() as unknown as ComparedDocument)),
    [EVENT_FILE]: fileText(eventContract()),
    [WEBHOOKS_FILE]: fileText(webhooksContract()),
    [LIVE_FILE]: fileText(liveContract()),
  };
}

function eventContract(): EventContract {
  return {
    schema: bareSchema(eventSchema),
    most: {
      eventBytes: MAX_EVENT_BYTES,
      propertiesBytes: MAX_PROPERTIES_BYTES,
      nesting: MAX_NESTING,
      leadMs: MAX_LEAD_MS,
    },
    least: { timestamp: EARLIEST_TIMESTAMP },
  };
}

function fileText(contract: object): string {
  return `${JSON.stringify(contract, null, 1)}\n`;
}
