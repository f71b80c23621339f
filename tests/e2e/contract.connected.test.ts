import { expect } from 'chai';
import fc from 'fast-check';
import { createAnswerCheck } from '../../services/api/src/testing/answer-check.ts';
import { type Schemas, schemaValues } from '../../services/api/src/testing/schema-values.ts';
import { type Document, type Placed, pathValues, placedOperations, queryValues } from './operation-examples.ts';
import { useWeir } from './shared-weir.ts';

/** The number of bodies made from the schema for each operation, in addition to the example. */
const MADE_BODIES = 5;

interface Body {
  readonly type: string;
  readonly value: unknown;
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
    operations = placedOperations(document);
    const headers = { 'content-type': 'application/json' };
    for (const scope of ['events:write', 'metrics:read']) {
      const body = JSON.stringify({ name: 'contract', scopes: [scope] });
      keys.set(scope, (await doors.call('/keys', { method: 'POST', headers, body })).body.key);
    }
  });

  /** The path and the query of a call that should succeed. */
  async function targetOf(placed: Placed): Promise<string> {
    const values = await pathValues(placed, document.components.schemas, weir.doors);
    const path = placed.path.replace(/\{([^}]+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
    return `${path}?${new URLSearchParams(queryValues(placed))}`;
  }

  /** Calls an operation. Gives the answer's status, and its faults. */
  async function call(
    placed: Placed,
    body: Body | undefined,
    key: string,
  ): Promise<{ status: number; faults: string[] }> {
    const { method, path } = placed;
    const target = await targetOf(placed);
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
