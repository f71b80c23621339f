import type { Part } from './schema-parts.ts';

/** The document for a reader who found the API at `baseUrl`: clients are made of it that need no other address. */
export function withServer(document: Part, baseUrl: string): Part {
  return { ...document, servers: [{ url: baseUrl, description: 'Where this document comes from' }] };
}
