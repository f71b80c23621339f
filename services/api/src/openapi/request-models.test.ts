import { readFileSync } from 'node:fs';
import { Validator } from '@cfworker/json-schema';
import { eventSchema } from '@weir/events';
import { expect } from 'chai';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { schemaValues } from '../testing/schema-values.ts';
import { createOpenApiDocument } from './document.ts';
import { createRequestChecks, outlineOf } from './request-models.ts';

const document = createOpenApiDocument() as ReturnType<typeof JSON.parse>;
const { schemas } = document.components;

const bodies = Object.entries(createRequestChecks()).flatMap(([route, { schemas: models = {} }]) => {
  const [method = '', path = ''] = route.split(' ');
  return Object.entries(models).map(([type, model]) => {
    const { schema } = document.paths[path.slice('v1'.length)][method].requestBody.content[type];
    return { name: `${route} ${type}`, model, schema };
  });
});

function accepts(schema: object, value: unknown, draft: '4' | '2020-12'): boolean {
  return new Validator({ ...schema, components: document.components } as object, draft).validate(value).valid;
}

describe('what API Gateway checks', () => {
  it('is made from the document each time the service is read, and never stored', () => {
    const { custom } = load(readFileSync(new URL('../../serverless.yml', import.meta.url), 'utf8')) as {
      custom: { requestChecks: string };
    };
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the framework's, not ours
    expect(custom.requestChecks).to.equal('${file(request-checks.cjs)}');
  });

  it('has a model for each required body, for each of its types', () => {
    const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods as object));
    const wanted = operations.flatMap(({ requestBody }) => Object.keys(requestBody?.content ?? {}));
    expect(bodies).to.have.length(wanted.length).and.to.not.have.length(0);
  });

  it('is of each body that it is an object, and nothing that a function says with a pointer', () => {
    for (const { name, model } of bodies) {
      expect(model, name).to.deep.equal({ $schema: 'http://json-schema.org/draft-04/schema#', type: 'object' });
    }
    expect(createRequestChecks()['get v1/metrics/{action}']).to.deep.equal({ parameters: { paths: { action: true } } });
  });

  for (const { name, model, schema } of bodies) {
    it(`refuses no body of ${name} that the function accepts`, () => {
      fc.assert(
        fc.property(schemaValues(schema, schemas), (value) => {
          fc.pre(accepts(schema, value, '2020-12'));
          expect(accepts(model, value, '4'), JSON.stringify(value)).to.equal(true);
        }),
      );
    });
  }

  it('refuses no value of any schema: an outline is weaker than its schema', () => {
    const names = fc.constantFrom('a', 'b', 'c', 'd');
    const leaf = fc.constantFrom<object>(
      { type: 'string' },
      { type: ['string', 'null'] },
      { type: 'array', items: { type: 'integer' }, minItems: 1, maxItems: 2 },
      { type: 'array', maxItems: 1 },
      { anyOf: [{ type: 'array', minItems: 1 }, { type: 'null' }] },
      eventSchema,
    );
    const objects = fc.record({
      type: fc.constant('object'),
      properties: fc.dictionary(names, leaf),
      required: fc.uniqueArray(names),
      additionalProperties: fc.boolean(),
    });
    const withValue = objects.chain((schema) => fc.tuple(fc.constant(schema), schemaValues(schema, schemas)));
    fc.assert(
      fc.property(withValue, ([schema, value]) => {
        fc.pre(accepts(schema, value, '2020-12'));
        expect(accepts(outlineOf(schema), value, '4')).to.equal(true);
      }),
    );
  });
});
