import { objectSchema, timeSchema } from '../../openapi/parts/schema-parts.ts';

/** A signed link in an answer. */
export const linkSchema = { type: 'string', format: 'uri', description: 'Signed, and valid until `expiresAt`' };

/** The links to the files of a report. */
export const linksSchema = objectSchema('Its files', {
  ...{ json: linkSchema, csv: linkSchema, html: linkSchema },
  expiresAt: timeSchema,
});
