import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { createOpenApiDocument } from '../../services/api/src/openapi/document.ts';
import { apiFiles, type DocumentView } from './api-files.ts';
import { type SchemaView, schemaText } from './schema-text.ts';

const FOLDER = join(import.meta.dirname, '../../packages/client/src/api');
const document = createOpenApiDocument() as unknown as DocumentView;

describe('the API as @weir/client knows it', () => {
  for (const [name, text] of Object.entries(apiFiles(document))) {
    it(`is that of the document: ${name} (npm run client-api writes it anew)`, () => {
      expect(readFileSync(join(FOLDER, name), 'utf8')).to.equal(text);
    });
  }
});

describe('schemaText', () => {
  const texts: readonly [string, SchemaView, string][] = [
    ['a reference', { $ref: '#/components/schemas/User' }, 'User'],
    ['a constant', { type: 'string', const: 'PUT' }, '"PUT"'],
    ['values', { type: 'string', enum: ['a', 'b'] }, '"a" | "b"'],
    ['two types', { type: ['integer', 'null'] }, 'number | null'],
    ['two types that are one in TypeScript', { type: ['integer', 'number'] }, 'number'],
    ['options', { anyOf: [{ type: 'integer' }, { type: 'string' }] }, 'number | string'],
    ['a list', { type: 'array', items: { type: 'string' } }, 'readonly string[]'],
    ['a list of options', { type: 'array', items: { enum: [1, 2] } }, 'readonly (1 | 2)[]'],
    ['any object', { type: 'object', additionalProperties: true }, 'Readonly<Record<string, unknown>>'],
    ['a map', { type: 'object', additionalProperties: { type: 'string' } }, 'Readonly<Record<string, string>>'],
    [
      'fields, with what they mean',
      { properties: { a: { type: 'string', description: 'One\n*/ line' }, b: { type: 'null' } }, required: ['a'] },
      '{\n  /** One *\\/ line */\n  readonly a: string;\n  readonly b?: null;\n}',
    ],
  ];
  for (const [name, schema, text] of texts) it(`writes ${name}`, () => expect(schemaText(schema)).to.equal(text));

  for (const unknown of [{}, { allOf: [{ type: 'string' }] }, { type: 'date' }]) {
    it(`refuses ${JSON.stringify(unknown)}, of which it would say too little`, () => {
      expect(() => schemaText(unknown as SchemaView)).to.throw(/no type for/);
    });
  }
});
