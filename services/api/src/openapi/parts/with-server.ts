import type { Part } from './schema-parts.ts';

/** The document with `baseUrl` as its server, so that generated clients need no other address. */
export function withServer(document: Part, baseUrl: string): Part {
  return { ...document, servers: [{ url: baseUrl, description: 'The address of this document' }] };
}
