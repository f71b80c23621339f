import { findUnkept } from '@weir/events';
import { Ajv2020 } from 'ajv/dist/2020.js';

interface Content {
  readonly schema: object;
  readonly examples?: Readonly<Record<string, { readonly value: { readonly type?: string } }>>;
}

interface Described {
  readonly headers?: Readonly<Record<string, { readonly $ref?: string; readonly required?: boolean }>>;
  readonly content?: Readonly<Record<string, Content>>;
}

/** The parts of an OpenAPI document that answers are checked against. */
export interface AnswersDocument {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly responses: Readonly<Record<string, Described>> }>>>
  >;
  readonly components: { readonly headers: Readonly<Record<string, { readonly required?: boolean }>> };
}

/** An answer to an operation, by path and method of the document. */
export interface GivenAnswer {
  readonly path: string;
  readonly method: string;
  readonly status: number;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** All faults of an answer; empty if it matches the document. */
export type CheckAnswer = (answer: GivenAnswer) => string[];

const FORMATS = {
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
  date: /^\d{4}-\d\d-\d\d$/,
  'json-pointer': /^(\/([^~/]|~[01])*)*$/,
  uri: /^[a-z][a-z0-9+.-]*:\S+$/i,
  email: true,
} as const;

/** Makes a check of answers against a document: status, headers, type, body, and the kind of problem. */
export function createAnswerCheck(document: AnswersDocument): CheckAnswer {
  const checkBody = createCheckBody(document);

  const checkContent = (given: GivenAnswer, described: Described): string[] => {
    const { content } = described;
    if (content === undefined) return given.body === '' ? [] : ['there is a body, and none is described'];
    const type = given.headers.get('content-type') ?? '';
    const here = content[type] ?? content[type.split(';')[0] ?? ''];
    if (here === undefined) return [`the type ${type} is not one of ${Object.keys(content).join(', ')}`];
    if (!/json$/.test(type.split(';')[0] ?? '')) return given.body === '' ? ['there is no body'] : [];
    const value = JSON.parse(given.body);
    const wrong = checkBody(here.schema, value);
    const isUnreadable = findUnkept(given.body).length > 0;
    const isUnknown = type.startsWith('application/problem+json') && !typesOf(here).includes(value.type);
    const unreadable = isUnreadable ? ['it holds half of a surrogate pair, or a number that no double holds'] : [];
    return [
      ...unreadable,
      ...(wrong ? [wrong] : []),
      ...(isUnknown ? [`the problem ${value.type} is not described`] : []),
    ];
  };

  return (given) => {
    const { responses = {} } = document.paths[given.path]?.[given.method] ?? {};
    const described = responses[given.status] ?? responses[`${String(given.status)[0]}XX`];
    if (described === undefined) return [`the status ${given.status} is not described`];
    return [...checkHeaders(document, described, given), ...checkContent(given, described)];
  };
}

function createCheckBody(document: AnswersDocument): (schema: object, value: unknown) => string | undefined {
  const ajv = new Ajv2020({ strict: false, formats: FORMATS });
  ajv.addSchema({ $id: 'https://weir.test/document', components: closed(document.components) as object });
  return (schema, value) => {
    const text = JSON.stringify(closed(schema)).replaceAll('"#/', '"https://weir.test/document#/');
    return ajv.validate(JSON.parse(text), value) ? undefined : ajv.errorsText();
  };
}

/** Forbids fields that the schema does not describe. */
function closed(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(closed);
  if (typeof part !== 'object' || part === null) return part;
  const all = Object.fromEntries(Object.entries(part).map(([name, value]) => [name, closed(value)]));
  const isClosable =
    typeof all.properties === 'object' && all.additionalProperties === undefined && all.type === 'object';
  return isClosable ? { ...all, additionalProperties: false } : all;
}

/** The types of problems that may have a status. */
function typesOf({ examples = {} }: Content): (string | undefined)[] {
  return Object.values(examples).map(({ value }) => value.type);
}

function checkHeaders(document: AnswersDocument, { headers = {} }: Described, given: GivenAnswer): string[] {
  return Object.entries(headers).flatMap(([name, header]) => {
    const { required = false } = document.components.headers[header.$ref?.split('/').at(-1) ?? ''] ?? header;
    return required && !given.headers.get(name.toLowerCase()) ? [`the header ${name} is missing`] : [];
  });
}
