import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createOpenApiDocument } from '../../services/api/src/openapi/document.ts';
import { apiFiles, type DocumentView } from './api-files.ts';

const FOLDER = join(import.meta.dirname, '../../packages/client/src/api');

/** Writes the files of `@weir/client` that follow from the API's document. `npm run client-api` runs this. */
for (const [name, text] of Object.entries(apiFiles(createOpenApiDocument() as unknown as DocumentView))) {
  writeFileSync(join(FOLDER, name), text);
}
