import { expect } from 'chai';
import { type ComparedDocument, documentBreaks } from './document-breaks.ts';
import { type EventContract, eventBreaks } from './event-breaks.ts';
import { type MessagesContract, messagesBreaks } from './messages-breaks.ts';

const TEXT = { type: 'string' };
const problem = (...types: string[]) => ({
  content: {
    'application/problem+json': {
      examples: Object.fromEntries(types.map((type) => [type, { value: { type } }])),
    },
  },
});

/** A document with every part that is compared. */
function createDocument() {
  return {
    servers: [{ url: '/v1' }],
    security: [{ key: [] as string[] }],
    paths: {
      '/users': {
        post: {
          operationId: 'addUser',
          security: [{ key: ['users:write'] }] as object[],
          parameters: [{ name: 'dry', in: 'query', schema: TEXT }] as object[],
          requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/User' } } } } as object,
          responses: {
            200: {
              headers: { etag: { $ref: '#/components/headers/Etag' } } as object,
              content: { 'application/json': { schema: { $ref: '#/components/schemas/User' } } } as object,
            },
            409: problem('taken', 'erased'),
          } as Record<string, object>,
        },
      },
    } as Record<string, Record<string, Record<string, unknown>>>,
    components: {
      schemas: { User: { type: 'object', properties: { name: TEXT as object }, required: ['name'] } },
      headers: { Etag: { required: true, schema: TEXT } } as Record<string, object>,
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'A key' } } as Record<string, object>,
    },
  };
}

type Document = ReturnType<typeof createDocument>;

function breaksOf(change: (document: Document, operation: Record<string, unknown>) => void): string {
  const head = createDocument();
  change(head, head.paths['/users']?.post ?? {});
  const pair = { base: createDocument() as unknown, head: head as unknown } as {
    base: ComparedDocument;
    head: ComparedDocument;
  };
  return documentBreaks(pair).join('\n');
}

describe('the comparison of documents', () => {
  const breaking: readonly [string, Parameters<typeof breaksOf>[0], string][] = [
    ['a path that is gone', (document) => delete document.paths['/users'], 'POST /users: is gone'],
    ['a method that is gone', ({ paths }) => delete paths['/users']?.post, 'POST /users: is gone'],
    [
      'another name',
      (_, operation) => Object.assign(operation, { operationId: 'createUser' }),
      'POST /users: is called createUser, and no longer addUser',
    ],
    [
      'another scope',
      (_, operation) => Object.assign(operation, { security: [{ key: ['users:write', 'keys:write'] }] }),
      'POST /users: {"key":["users:write"]} is no longer enough, but [{"key":["users:write","keys:write"]}]',
    ],
    [
      'a parameter that is gone',
      (_, operation) => Object.assign(operation, { parameters: [] }),
      'POST /users, query dry: is gone',
    ],
    [
      'a new parameter that is needed',
      (_, { parameters }) => (parameters as object[]).push({ name: 'if-match', in: 'header', required: true }),
      'POST /users, header if-match: is now needed',
    ],
    [
      'a parameter that is needed now',
      (_, { parameters }) => Object.assign((parameters as object[])[0] ?? {}, { required: true }),
      'POST /users, query dry: is now needed',
    ],
    [
      'a parameter that takes less',
      (_, { parameters }) => Object.assign((parameters as object[])[0] ?? {}, { schema: { ...TEXT, maxLength: 1 } }),
      'POST /users, query dry: maxLength was not there, and is 1',
    ],
    [
      'a body that is needed now',
      (_, { requestBody }) => Object.assign(requestBody as object, { required: true }),
      'POST /users, body: is now needed',
    ],
    [
      'a body of another type',
      (_, { requestBody }) => Object.assign(requestBody as object, { content: { 'text/csv': {} } }),
      'POST /users, body: is no longer application/json',
    ],
    [
      'a body that is gone',
      (_, operation) => delete operation.requestBody,
      'POST /users, body: is no longer application/json',
    ],
    [
      'a schema that takes less, and answers as before',
      ({ components }) => Object.assign(components.schemas.User.properties, { name: { ...TEXT, minLength: 1 } }),
      'User.name: minLength was not there, and is 1',
    ],
    [
      'a schema that answers more',
      ({ components }) => Object.assign(components.schemas.User.properties, { name: { type: ['string', 'null'] } }),
      'User.name: may now be the type null',
    ],
    [
      'a status that is gone',
      (_, { responses }) => delete (responses as Record<string, object>)['409'],
      'POST /users, 409: is gone',
    ],
    [
      'a new success',
      (_, { responses }) => Object.assign(responses as object, { 202: {} }),
      'POST /users: may now answer 202',
    ],
    [
      'a problem that is gone',
      (_, { responses }) => Object.assign(responses as object, { 409: problem('taken') }),
      'POST /users, 409: no longer answers erased',
    ],
    [
      'a header that is gone',
      (_, { responses }) => Object.assign((responses as Record<string, object>)['200'] ?? {}, { headers: {} }),
      'POST /users, 200, header etag: is gone',
    ],
    [
      'a header that may be missing',
      ({ components }) => Object.assign(components.headers, { Etag: { schema: TEXT } }),
      'POST /users, 200, header etag: may now be missing',
    ],
    ['another server', (document) => Object.assign(document, { servers: [{ url: '/v2' }] }), 'server /v1: is gone'],
    [
      'another kind of key',
      ({ components }) => Object.assign(components, { securitySchemes: { key: { type: 'http', scheme: 'basic' } } }),
      'security scheme key: has changed',
    ],
  ];
  for (const [what, change, line] of breaking) it(`finds ${what}`, () => expect(breaksOf(change)).to.equal(line));

  it('finds a key that a public operation needs, and another kind of key', () => {
    const secured = (...security: object[]) => {
      const document = createDocument();
      Object.assign(document.paths['/users']?.post ?? {}, { security });
      return document as unknown as ComparedDocument;
    };
    const [none, key, other] = [secured(), secured({ key: ['users:write'] }), secured({ token: [] })];
    expect(documentBreaks({ base: none, head: key })).to.match(/POST \/users: \{\} is no longer enough/);
    expect(documentBreaks({ base: key, head: other })).to.match(/is no longer enough, but \[\{"token":\[\]\}\]/);
    expect(documentBreaks({ base: key, head: none })).to.deep.equal([]);
  });

  it('takes everything that is added, and words for people, for no break', () => {
    const added = breaksOf((document, operation) => {
      document.paths['/users/{id}'] = { get: { operationId: 'getUser', responses: {} } };
      (operation.parameters as object[]).push({ name: 'limit', in: 'query', schema: TEXT });
      Object.assign(operation.responses as object, { 503: problem('unavailable') });
      Object.assign(operation, { summary: 'Adds', security: [{ key: ['users:write'] }, {}] });
      Object.assign(document.components.securitySchemes.key ?? {}, { description: 'Another word' });
    });
    expect(added).to.equal('');
  });
});

describe('the comparison of event contracts', () => {
  const base: EventContract = {
    schema: { type: 'object', properties: { action: { ...TEXT, maxLength: 128 } }, required: ['action'] },
    most: { eventBytes: 65_536 },
    least: { timestamp: 946_684_800_000 },
  };
  const cases: readonly [string, Partial<EventContract>, readonly string[]][] = [
    ['the same', {}, []],
    ['larger limits', { most: { eventBytes: 1e6 }, least: { timestamp: 0 } }, []],
    ['smaller events', { most: { eventBytes: 1e4 } }, ['eventBytes: was 65536, and is 10000']],
    ['a later first time', { least: { timestamp: 1e12 } }, ['timestamp: was 946684800000, and is 1000000000000']],
    ['a new limit', { most: { ...base.most, nesting: 9 } }, ['nesting: was not limited, and is 9']],
    ['a field that is needed', { schema: { ...base.schema, required: ['action', 'id'] } }, ['event.id: is now needed']],
    [
      'shorter names',
      { schema: { ...base.schema, properties: { action: { ...TEXT, maxLength: 64 } } } },
      ['event.action: maxLength was 128, and is 64'],
    ],
  ];
  for (const [what, change, lines] of cases) {
    it(`judges ${what}`, () => expect(eventBreaks({ base, head: { ...base, ...change } })).to.deep.equal(lines));
  }
});

describe('the comparison of contracts of messages', () => {
  const base: MessagesContract = {
    taken: { subscribe: { type: 'object', properties: { id: TEXT }, required: ['id'] } },
    told: { rows: { type: 'object', properties: { count: { type: 'integer' } }, required: ['count'] } },
    most: { subscriptions: 20 },
    sizes: { frameBytes: 32_000 },
  };
  const cases: readonly [string, Partial<MessagesContract>, readonly string[]][] = [
    ['the same', {}, []],
    [
      'more kinds, more to do, and smaller frames',
      { told: { ...base.told, pong: {} }, most: { subscriptions: 21 } },
      [],
    ],
    ['smaller frames', { sizes: { frameBytes: 9 } }, []],
    ['a kind that is no longer taken', { taken: {} }, ['subscribe: is gone']],
    ['a kind that is no longer told', { told: {} }, ['rows: is gone']],
    ['less to do', { most: { subscriptions: 19 } }, ['subscriptions: was 20, and is 19']],
    ['larger frames', { sizes: { frameBytes: 33_000 } }, ['frameBytes: was 32000, and is 33000']],
    ['frames of any size', { sizes: {} }, ['frameBytes: was 32000, and is not limited']],
    [
      'shorter ids',
      { taken: { subscribe: { ...base.taken.subscribe, properties: { id: { ...TEXT, maxLength: 9 } } } } },
      ['subscribe.id: maxLength was not there, and is 9'],
    ],
    [
      'a count that may be a fraction',
      { told: { rows: { ...base.told.rows, properties: { count: { type: 'number' } } } } },
      ['rows.count: may now be the type number'],
    ],
  ];
  for (const [what, change, lines] of cases) {
    it(`judges ${what}`, () => expect(messagesBreaks({ base, head: { ...base, ...change } })).to.deep.equal(lines));
  }
});
