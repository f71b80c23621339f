import { createConfig, lintFromString } from '@redocly/openapi-core';
import { expect } from 'chai';
import { createOpenApiDocument } from './document.ts';

const REQUEST_ID = ['x-request-id'];

/** Rules that the ruleset `recommended-strict` leaves off. Every finding is an error. */
const RULES = {
  'operation-description': 'error',
  'operation-tag-defined': 'error',
  'operation-singular-tag': 'error',
  'operation-4xx-problem-details-rfc7807': 'error',
  'parameter-description': 'error',
  'component-name-unique': 'error',
  'paths-kebab-case': 'error',
  'response-contains-header': {
    severity: 'error',
    names: { '2XX': REQUEST_ID, '3XX': REQUEST_ID, '4XX': REQUEST_ID, '5XX': REQUEST_ID },
  },
} as const;

async function lint(document: object): Promise<string[]> {
  const config = await createConfig({ extends: ['recommended-strict'], rules: RULES });
  const source = JSON.stringify(document);
  const found = await lintFromString({ source, absoluteRef: '/openapi.json', config });
  return found.map(({ ruleId, message, location }) => `${location[0]?.pointer} ${ruleId}: ${message}`);
}

describe('the linter', function () {
  this.timeout(30_000);

  it('finds nothing in the OpenAPI document, with no rule turned off', async () => {
    expect(await lint(createOpenApiDocument())).to.deep.equal([]);
  });

  it('finds an operation without a description, a tag, or an answer’s request id', async () => {
    const document = structuredClone(createOpenApiDocument()) as ReturnType<typeof JSON.parse>;
    const operation = document.paths['/actions'].get;
    delete operation.description;
    delete operation.responses['200'].headers;
    operation.tags = ['Nobody’s'];
    const found = (await lint(document)).map((line) => line.split(' ')[1]);
    expect(found).to.have.members(['operation-description:', 'operation-tag-defined:', 'response-contains-header:']);
  });
});
