import { expect } from 'chai';
import fc from 'fast-check';
import { type AnswersDocument, createAnswerCheck } from '../../services/api/src/testing/answer-check.ts';
import { type Schemas, schemaValues, type ValueSchema } from '../../services/api/src/testing/schema-values.ts';
import { FIXTURES } from './contract-fixtures.ts';
import { useWeir } from './shared-weir.ts';

/** The number of bodies made from the schema for each operation, in addition to the example. */
const MADE_BODIES = 5;

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly schema: ValueSchema & { readonly default?: unknown };
  readonly example?: unknown;
}

interface Operation {
  readonly operationId: string;
  readonly security: readonly unknown[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: ValueSchema; readonly example: unknown }>>;
  };
}

interface Placed {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

interface Body {
  readonly type: string;
  readonly value: unknown;
}

type Document = AnswersDocument & {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Schemas };
};

/**
 * A value that a schema accepts, as part of a path; not `.` or `..`, which every client takes for a step in the path.
 */
function acceptedSegment(schema: ValueSchema, schemas: Schemas): string {
  const segments = schemaValues(schema, schemas).map((value) => encodeURIComponent(String(value)));
  return (
    fc.sample(
      segments.filter((segment) => !/^\.{0,2}$/.test(segment)),
      1,
    )[0] ?? ''
  );
}

function bodiesOf({ operation }: Placed, schemas: Schemas): { examples: (Body | undefined)[]; made: Body[] } {
  const contents = Object.entries(operation.requestBody?.content ?? {});
  if (contents.length === 0) return { examples: [undefined], made: [] };
  return {
    examples: contents.map(([type, { example }]) => ({ type, value: example })),
    made: contents.flatMap(([type, { schema }]) =>
      fc.sample(schemaValues(schema, schemas), MADE_BODIES).map((value) => ({ type, value })),
    ),
  };
}

describe('every operation of the served document', function () {
  this.timeout(60_000);
  const weir = useWeir();
  let document: Document;
  let check: ReturnType<typeof createAnswerCheck>;
  let operations: Placed[];
  /** Keys with one scope each. */
  const keys = new Map<string, string>();

  before(async () => {
    const { doors } = weir;
    document = (await doors.call('/openapi.json')).body;
    check = createAnswerCheck(document);
    operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
    );
    const headers = { 'content-type': 'application/json' };
    for (const scope of ['events:write', 'metrics:read']) {
      const body = JSON.stringify({ name: 'contract', scopes: [scope] });
      keys.set(scope, (await doors.call('/keys', { method: 'POST', headers, body })).body.key);
    }
  });

  /** The path with the ids of resources that are created for this call. */
  async function filled({ path, operation }: Placed): Promise<string> {
    const make = FIXTURES.find(([prefix]) => path === prefix || path.startsWith(`${prefix}/`))?.[1];
    const values: Readonly<Record<string, unknown>> = (await make?.(weir.doors)) ?? {};
    return path.replace(/\{([^}]+)\}/g, (_, name: string) => {
      const schema = operation.parameters?.find((parameter) => parameter.name === name)?.schema ?? {};
      const value = values[name];
      if (value !== undefined) return encodeURIComponent(String(value));
      return acceptedSegment(schema, document.components.schemas);
    });
  }

  /** The query with values from the document: an example, a default, or one of the allowed values. */
  function queryOf({ operation }: Placed): string {
    const query = new URLSearchParams();
    for (const { name, schema, example } of (operation.parameters ?? []).filter(
      (parameter) => parameter.in === 'query',
    )) {
      const value = example ?? schema.default ?? schema.enum?.[0];
      if (value !== undefined) query.set(name, String(value));
    }
    return query.toString();
  }

  /** Calls an operation. Gives the answer's status, and its faults. */
  async function call(
    placed: Placed,
    body: Body | undefined,
    key: string,
  ): Promise<{ status: number; faults: string[] }> {
    const { method, path } = placed;
    const target = `${await filled(placed)}?${queryOf(placed)}`;
    const init = body && { body: JSON.stringify(body.value), headers: { 'content-type': body.type } };
    const response = await fetch(`${weir.doors.apiUrl}${target}`, {
      method: method.toUpperCase(),
      ...init,
      headers: { ...init?.headers, ...(key && { authorization: `Bearer ${key}` }), origin: 'https://app.example.com' },
    });
    const headers = new Map(response.headers);
    const given = { path, method, status: response.status, headers, body: await response.text() };
    const readable = headers.get('access-control-allow-origin') === '*' ? [] : ['a page may not read it'];
    return { status: response.status, faults: [...check(given), ...readable] };
  }

  it('succeeds with its example, and answers as the document says', async () => {
    for (const placed of operations) {
      for (const body of bodiesOf(placed, document.components.schemas).examples) {
        const { status, faults } = await call(placed, body, weir.doors.key);
        const name = `${placed.operation.operationId} ${body?.type ?? ''}`;
        expect(faults, name).to.deep.equal([]);
        expect(status, `${name}: is a fixture missing?`).to.be.within(200, 299);
      }
    }
  });

  it('answers as the document says to bodies made from its schema', async () => {
    for (const placed of operations) {
      for (const body of bodiesOf(placed, document.components.schemas).made) {
        const { status, faults } = await call(placed, body, weir.doors.key);
        expect(faults, `${placed.operation.operationId} ${JSON.stringify(body)}`).to.deep.equal([]);
        expect(status).to.be.below(500);
      }
    }
  });

  it('refuses callers without a key or without the scope, unless it is open', async () => {
    for (const placed of operations) {
      const [body] = bodiesOf(placed, document.components.schemas).examples;
      const { security } = placed.operation;
      const isOpen = security.length === 0;
      const other = JSON.stringify(security).includes('metrics:read') ? 'events:write' : 'metrics:read';
      for (const [key, refused] of [
        ['', 401],
        ['weir_nobody', 401],
        [keys.get(other) ?? '', 403],
      ] as const) {
        const { status, faults } = await call(placed, body, key);
        expect(faults, placed.operation.operationId).to.deep.equal([]);
        expect(status, placed.operation.operationId).to.equal(isOpen ? 200 : refused);
      }
    }
  });
});
