import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { EventParts } from './api-event.ts';
import { type Schemas, schemaValues, type ValueSchema } from './schema-values.ts';

/** The parts of an operation from which requests are made. */
export interface RequestedOperation {
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: 'path' | 'query' | 'header';
    readonly schema: ValueSchema;
  }[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: ValueSchema; readonly example?: unknown }>>;
  };
}

/** An operation with its path, its method and the schemas that it refers to. */
export interface Requested {
  readonly method: string;
  readonly path: string;
  readonly operation: RequestedOperation;
  readonly schemas: Schemas;
}

const words = fc.constantFrom(
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '',
    ' ',
    '*',
    '"*"',
    'W/"x"',
    '.',
    '..',
    '%',
    '%00',
    '../..',
  ],
  ...['\u0000', '\ud800', '\udfff', '😀', 'é', '\u202e', 'null', 'NaN', '1e999', '-0', '99999999999999999999', '0x10'],
  ...[
    '2025-02-30T00:00:00Z',
    '50000-01-01T00:00:00Z',
    '2025-11-24T16:00:00+99:99',
    "' OR 1=1 --",
    '<script>',
    '{{7*7}}',
  ],
  ...['key_AAAAAAAAAAAAAAAAAAAA', 'bootstrap', 'u_42', 'checkout', 'eyJhIjoxfQ', 'eyJhIjoxfQ.AAAA', 'a'.repeat(5_000)],
);
const anyText = fc.oneof(words, fc.string({ unit: 'binary', maxLength: 20 }), fc.base64String({ maxLength: 40 }));
const anyValue = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  anyText,
  fc.constantFrom<unknown>(0, -1, 1e308, 2 ** 53, -0, 0.1, 1e13, null, true, [], {}, [[]], [null], { length: -1 }),
);

/** One change of a JSON value, at one of its members. */
const change = fc.record({
  at: fc.nat(),
  kind: fc.constantFrom('replace', 'remove', 'add', 'repeat'),
  value: anyValue,
  name: anyText,
});
type Change = Parameters<Parameters<typeof change.map>[0]>[0];

type Member = readonly [holder: Record<string, unknown> | unknown[], key: string];

type Sent = Pick<EventParts, 'body' | 'isBase64Encoded' | 'headers'>;

/** The codings and headers of a body, with true or false headers. */
const wraps: readonly ((text: string) => Sent)[] = [
  (body) => ({ body }),
  (body) => ({ body: Buffer.from(body).toString('base64'), isBase64Encoded: true }),
  (body) => ({
    body: gzipSync(body).toString('base64'),
    isBase64Encoded: true,
    headers: { 'content-encoding': 'gzip' },
  }),
  (body) => ({ body, headers: { 'content-encoding': 'gzip' } }),
  (body) => ({
    body: gzipSync(body).subarray(0, 20).toString('base64'),
    isBase64Encoded: true,
    headers: { 'content-encoding': 'gzip' },
  }),
  (body) => ({ body, isBase64Encoded: true }),
];

type Query = Record<string, string | string[]>;

/** Requests to an operation, most of them with faults: types, extremes, unicode, names of prototypes, size, encodings. */
export function strangeRequests(requested: Requested): fc.Arbitrary<EventParts> {
  return fc
    .tuple(paths(requested), queries(requested), headers(requested), bodies(requested))
    .map(([path, query, some, { headers: more, ...sent }]) => ({
      ...{ method: requested.method.toUpperCase(), path, query, headers: { ...some, ...more } },
      ...sent,
    }));
}

function paths({ path, operation, schemas }: Requested): fc.Arbitrary<string> {
  const segments = path.split('/').map((segment) => {
    if (!segment.startsWith('{')) return fc.constant(segment);
    const parameter = operation.parameters?.find(({ name }) => name === segment.slice(1, -1));
    const raw = fc.constantFrom('%', '%zz', '%ff', '%c0%af', '%2F', '%252F', '%00', '', '..', '+', ';', 'é', ':');
    return fc.oneof(
      { weight: 8, arbitrary: parameterTexts(parameter?.schema ?? {}, schemas).map(encoded) },
      { weight: 1, arbitrary: raw },
    );
  });
  return fc.tuple(...segments).map((all) => all.join('/'));
}

/** A parameter's value: by its schema, or any text. */
function parameterTexts(schema: ValueSchema, schemas: Schemas): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 3, arbitrary: schemaValues(schema, schemas).map(String) },
    { weight: 2, arbitrary: anyText },
  );
}

function encoded(text: string): string {
  // Half of a surrogate pair has no UTF-8.
  return encodeURIComponent(text.toWellFormed());
}

function queries({ operation, schemas }: Requested): fc.Arbitrary<Query> {
  const known = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query');
  const values = known.map(({ name, schema }) => {
    const text = parameterTexts(schema, schemas);
    return [name, fc.oneof({ weight: 9, arbitrary: text }, fc.array(text, { minLength: 1, maxLength: 3 }))] as const;
  });
  const own = fc.record(Object.fromEntries(values), { requiredKeys: [] }) as fc.Arbitrary<Query>;
  const more = fc.oneof({ weight: 6, arbitrary: fc.constant({}) }, fc.dictionary(anyText, anyText, { maxKeys: 3 }));
  return fc.tuple(own, more).map(([known, unknown]) => ({ ...unknown, ...known }));
}

function headers({ operation, schemas }: Requested): fc.Arbitrary<Record<string, string>> {
  const known = (operation.parameters ?? []).filter((parameter) => parameter.in === 'header');
  const values = known.map(({ name, schema }) => [name, parameterTexts(schema, schemas)] as const);
  const types = Object.keys(operation.requestBody?.content ?? { 'application/json': {} });
  const common = {
    'content-type': fc.oneof(
      { weight: 12, arbitrary: fc.constantFrom(...types) },
      anyText,
      fc.constant('application/json; charset=latin1'),
    ),
    ...{
      'content-encoding': fc.oneof(fc.constantFrom('br', 'identity', 'gzip, gzip'), anyText),
      origin: anyText,
      accept: anyText,
    },
    ...{
      'if-match': anyText,
      'if-none-match': anyText,
      'idempotency-key': anyText,
      range: anyText,
      'x-http-method-override': words,
    },
  };
  const rare = fc.record(common, { requiredKeys: [] });
  const usual = fc.record({ 'content-type': fc.constantFrom(...types) });
  const own = fc.record(Object.fromEntries(values), { requiredKeys: [] }) as fc.Arbitrary<Record<string, string>>;
  return fc.tuple(fc.oneof({ weight: 3, arbitrary: usual }, rare), own).map(([all, mine]) => ({ ...all, ...mine }));
}

function bodies(requested: Requested): fc.Arbitrary<Sent> {
  const isWanted = requested.operation.requestBody !== undefined;
  const wrapped = fc.tuple(
    texts(requested),
    fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat(wraps.length - 1)),
  );
  const sent = wrapped.map(([text, at]) => (wraps[at] ?? wraps[0])?.(text) ?? {});
  return fc.oneof(
    { weight: isWanted ? 20 : 1, arbitrary: sent },
    { weight: isWanted ? 1 : 10, arbitrary: fc.constant({}) },
  );
}

/** The text of a body: by the schema, changed, cut, or arbitrary. */
function texts({ operation, schemas }: Requested): fc.Arbitrary<string> {
  const known = Object.values(operation.requestBody?.content ?? {}).flatMap(({ schema, example }) => [
    fc.constant(example ?? null),
    schemaValues(schema, schemas),
  ]);
  const values = known.length > 0 ? fc.oneof(...known) : fc.jsonValue();
  const own = changedValues(values);
  return fc.oneof(
    { weight: 12, arbitrary: own },
    { weight: 1, arbitrary: fc.tuple(own, fc.nat()).map(([text, at]) => text.slice(0, at % (text.length + 1))) },
    { weight: 1, arbitrary: own.map((text) => `\ufeff${text}`) },
    { weight: 1, arbitrary: own.map((text) => text.replace(/\d+/, '1e999')) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(own, fc.integer({ min: 1, max: 20_000 }))
        .map(([text, levels]) => text.replace(/"[^"]*"(?=[,}\]])/g, '['.repeat(levels) + ']'.repeat(levels))),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 100 }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('', '['.repeat(50_000), `{"a":${'['.repeat(5_000)}`, '"'.padEnd(1_100_000, 'x')),
    },
  );
}

function changedValues(values: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  return fc.tuple(values, fc.array(change, { maxLength: 3 })).map(([value, changes]) => {
    const root = JSON.parse(JSON.stringify({ body: value ?? null }));
    for (const each of changes) changed(root, each);
    return JSON.stringify(root.body) ?? '';
  });
}

function changed(root: { body: unknown }, { at, kind, value: given, name }: Change): void {
  // A copy, as later changes modify it.
  const value = JSON.parse(JSON.stringify(given));
  const members = membersIn(root);
  const [holder, key] = members[at % members.length] ?? [root, 'body'];
  const old = (holder as Record<string, unknown>)[key];
  if (kind === 'replace') put(holder, key, value);
  else if (kind === 'remove' && Array.isArray(holder)) holder.splice(Number(key), 1);
  else if (kind === 'remove') delete (holder as Record<string, unknown>)[key];
  else if (kind === 'repeat' && Array.isArray(old)) put(holder, key, Array(600).fill(old[0] ?? null));
  else if (typeof old === 'object' && old !== null && !Array.isArray(old)) put(old, name, value);
}

function membersIn(value: unknown): Member[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [[holder, key] as const, ...membersIn(holder[key])]);
}

/** As JSON.parse does it: `__proto__` is an ordinary field. */
function put(holder: object, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}
