import { Validator } from '@seriousme/openapi-schema-validator';
import { eventSchema } from '@weir/events';
import { silentLog } from '@weir/logging';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { createAuthenticate } from '../http/callers/authenticate.ts';
import { API_PATH } from '../http/requests/base-url.ts';
import { createServe } from '../serve/serve.ts';
import { apiEvent } from '../testing/api-event.ts';
import { createEveryRoute } from '../testing/every-route.ts';
import { createOpenApiDocument } from './document.ts';

interface Content {
  schema: object;
  example?: unknown;
  examples?: Record<string, { value: unknown }>;
}

interface Body {
  description?: string;
  headers: Record<string, unknown>;
  /** Missing if there is no body. */
  content?: Record<string, Content>;
}

interface Operation {
  operationId: string;
  security?: unknown[];
  parameters?: { name: string; in: string }[];
  requestBody?: Body;
  responses: Record<string, Body>;
}

const document = JSON.parse(JSON.stringify(createOpenApiDocument()));
const operations = Object.entries<Record<string, Operation>>(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    name: `${method.toUpperCase()} ${API_PATH}${path}`,
    operation,
  })),
);
const routes = createEveryRoute(document);
const log = silentLog;

/** Checks values against schemas of the document. All references begin at its components. */
function createCheck() {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ $id: 'https://weir.test/document', components: document.components });
  return (schema: object, value: unknown): string => {
    const text = JSON.stringify(schema).replaceAll('"#/', '"https://weir.test/document#/');
    return ajv.validate(JSON.parse(text), value) ? '' : ajv.errorsText();
  };
}

function contentsOf(operation: Operation): Content[] {
  const bodies = [...Object.values(operation.responses), ...(operation.requestBody ? [operation.requestBody] : [])];
  return bodies.flatMap(({ content = {} }) => Object.values(content));
}

/** The paths of schemas, with references followed, that `isWanted` accepts. */
function placesIn(part: unknown, isWanted: (schema: object) => boolean, path = ''): string[] {
  if (typeof part !== 'object' || part === null) return [];
  const { $ref } = part as { $ref?: string };
  const referred = $ref === undefined ? undefined : document.components.schemas[$ref.split('/').at(-1) ?? ''];
  if (referred !== undefined) return placesIn(referred, isWanted, $ref);
  const inner = Object.entries(part).flatMap(([name, value]) => placesIn(value, isWanted, `${path}/${name}`));
  return [...(isWanted(part) ? [path] : []), ...inner];
}

describe('the OpenAPI document', () => {
  it('satisfies the schema of OpenAPI 3.1', async () => {
    const validator = new Validator();
    const found = await validator.validate(structuredClone(document));
    expect(found.errors).to.equal(undefined);
    expect(found.valid).to.equal(true);
    expect(validator.version).to.equal('3.1');
  });

  it('names its operators, and their contact if the stage has one', () => {
    const name = 'The operators of this Weir';
    expect(document.info.contact).to.deep.equal({ name });
    const { info } = createOpenApiDocument({ contactUrl: 'mailto:weir@example.com' });
    expect(info).to.deep.include({ contact: { name, url: 'mailto:weir@example.com' } });
  });

  it('has an operation for each route, and a route for each operation', () => {
    const expected = routes.map(({ method, path }) => `${method} ${path}`).sort();
    expect(operations.map(({ name }) => name).sort()).to.deep.equal(expected);
  });

  it('lists the routes that need no key', () => {
    const open = routes.filter((route) => route.access === 'open').map(({ method, path }) => `${method} ${path}`);
    expect(
      operations.filter(({ operation }) => operation.security?.length === 0).map(({ name }) => name),
    ).to.deep.equal(open);
  });

  it('has parameters in the query of the routes that take a query, and of no other, and a 400 for the others’', () => {
    for (const { name, operation } of operations) {
      const route = routes.find(({ method, path }) => name === `${method} ${path}`);
      const places = (operation.parameters ?? []).map((parameter) => parameter.in);
      expect(places.includes('query'), name).to.equal(route?.takesQuery === true);
      const { examples } = operation.responses['400']?.content?.['application/problem+json'] ?? {};
      expect(examples, name).to.include.keys('invalid-parameter');
    }
  });

  it('has for each closed route the answers to a missing key and to a missing scope', () => {
    for (const { name, operation } of operations) {
      if (operation.security?.length === 0) continue;
      expect(operation.responses, name).to.include.keys('401', '403');
    }
  });

  it('names the scope that each route needs', () => {
    const needed = routes.map(({ method, path, access }) => [
      `${method} ${path}`,
      access === 'open' ? [] : [{ key: [access] }],
    ]);
    const described = operations.map(({ name, operation }) => [name, operation.security]);
    expect(Object.fromEntries(described)).to.deep.equal(Object.fromEntries(needed));
  });

  it('has for every operation the answers of API Gateway, and for every body its problems', () => {
    for (const { name, operation } of operations) {
      expect(operation.responses, name).to.include.keys('4XX', '5XX', '500', '503');
      if (operation.security?.length !== 0) expect(operation.responses, name).to.include.keys('401', '403');
      if (operation.requestBody) expect(operation.responses, name).to.include.keys('400', '413', '415');
    }
  });

  for (const { name, operation } of operations) {
    it(`has an example for every body of ${name}, and each satisfies its schema`, () => {
      const check = createCheck();
      for (const { schema, example, examples = {} } of contentsOf(operation)) {
        const all = [...(example === undefined ? [] : [example]), ...Object.values(examples).map(({ value }) => value)];
        expect(all, JSON.stringify(schema)).to.not.have.length(0);
        for (const value of all) expect(check(schema, value), JSON.stringify(value)).to.equal('');
      }
    });
  }

  it('has for each operation with a key its limit and the rest of it', () => {
    for (const { name, operation } of operations) {
      const isKeyed = operation.security?.length !== 0;
      if (isKeyed) expect(operation.responses, name).to.include.keys('429');
      for (const [status, { headers }] of Object.entries(operation.responses)) {
        // API Gateway's own answers do not know the limit of a key.
        const isLimited = isKeyed && !['401', '403', '4XX', '502', '504', '5XX'].includes(status);
        expect('RateLimit' in headers && 'RateLimit-Policy' in headers, `${name} ${status}`).to.equal(isLimited);
      }
    }
  });

  it('has the Idempotency-Key and its problems on every POST and nowhere else', () => {
    for (const { name, operation } of operations) {
      const isPost = name.startsWith('POST ');
      const names = (operation.parameters ?? []).map((parameter) => parameter.name);
      expect(names.filter((parameter) => parameter === 'Idempotency-Key').length, name).to.equal(isPost ? 1 : 0);
      const examples = Object.values(operation.responses).flatMap(({ content = {} }) =>
        Object.values(content).flatMap((each) => Object.keys(each.examples ?? {})),
      );
      const wanted = ['idempotency-in-progress', 'idempotency-key-reused'];
      expect(examples.filter((problem) => wanted.includes(problem)).length, name).to.equal(isPost ? 2 : 0);
      if (isPost) expect(examples, name).to.include('invalid-header');
    }
  });

  it('keeps the own problems of an operation', () => {
    const { responses } = document.paths['/events'].post;
    const examples = Object.keys(responses['400'].content['application/problem+json'].examples);
    const own = ['no-valid-event', 'invalid-header'];
    expect(examples).to.have.members(['invalid-json', 'invalid-body', 'invalid-parameter', ...own]);
  });

  it('has for each body its largest size, which its route accepts', async () => {
    const serve = createServe({ routes, authenticate: createAuthenticate({ log, now: () => 0 }), log });
    for (const { name, operation } of operations) {
      if (operation.requestBody === undefined) continue;
      const { description = '', content = {} } = operation.requestBody;
      const maxBytes = Number(/^At most ([\d,]+) bytes/.exec(description)?.[1]?.replaceAll(',', ''));
      const [method = '', path = ''] = name.split(' ');
      const [type = ''] = Object.keys(content);
      const statusOf = async (bytes: number) => {
        const body = '{}'.padEnd(bytes);
        const event = apiEvent({
          method,
          path: path.replace('{userId}', 'u_42'),
          headers: { 'content-type': type },
          body,
        });
        return (await serve(event)).statusCode;
      };
      expect([await statusOf(maxBytes), await statusOf(maxBytes + 1)], name).to.satisfy(
        ([fits, over]: number[]) => fits !== 413 && over === 413,
      );
    }
  });

  it('has no default in a body: typed clients require fields with a default', () => {
    for (const { name, operation } of operations) {
      for (const { schema } of Object.values(operation.requestBody?.content ?? {})) {
        expect(
          placesIn(schema, (part) => 'default' in part),
          name,
        ).to.deep.equal([]);
      }
    }
  });

  it('names the type of every enum: generators of other languages need it', () => {
    const isUntyped = (part: object) => ('enum' in part || 'const' in part) && !('type' in part);
    const schemas = [document.components.schemas, ...operations.map(({ operation }) => operation.parameters ?? [])];
    expect(schemas.flatMap((all) => placesIn(all, isUntyped))).to.deep.equal([]);
  });

  it('contains the contract of an event unchanged', () => {
    expect(document.components.schemas.Event).to.deep.equal(eventSchema);
  });
});
