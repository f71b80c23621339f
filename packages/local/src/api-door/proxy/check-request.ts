import { validate } from 'jsonschema';
import type { RequestChecks } from '../gateway/http-event.ts';
import type { HttpRequest, Values } from './http-request.ts';
import { headerOf } from './proxy-event.ts';

/** What API Gateway finds wrong with a request before a function runs. */
export type CheckError = 'BAD_REQUEST_PARAMETERS' | 'BAD_REQUEST_BODY';

/** Checks a request as its route says (API Gateway, "Request validation for REST APIs"); undefined where it is right. */
export function checkRequest(request: HttpRequest, body: Buffer, checks: RequestChecks = {}): CheckError | undefined {
  const { querystrings = {}, headers = {} } = checks.parameters ?? {};
  const has = {
    query: (name: string) => isThere(request.query.get(name)?.at(-1)),
    header: (name: string) => isThere(headerOf(request.headers, name.toLowerCase())),
  };
  const parameters = requiredOf(querystrings).every(has.query) && requiredOf(headers).every(has.header);
  if (!parameters) return 'BAD_REQUEST_PARAMETERS';
  const model = modelFor(request.headers, checks.schemas ?? {});
  return model !== undefined && !isOfModel(body, model) ? 'BAD_REQUEST_BODY' : undefined;
}

/** A parameter that is there may not be blank. */
function isThere(value: string | undefined): boolean {
  return value !== undefined && value.trim() !== '';
}

function requiredOf(parameters: Readonly<Record<string, unknown>>): string[] {
  const isRequired = (given: unknown) => given === true || (given as { required?: unknown } | null)?.required === true;
  return Object.entries(parameters).flatMap(([name, given]) => (isRequired(given) ? [name] : []));
}

/** A body that does not say its type is JSON to API Gateway; for one of a type without a model there is none. */
function modelFor(headers: Values, models: Readonly<Record<string, object>>): object | undefined {
  const type = (headerOf(headers, 'content-type') ?? 'application/json').split(';')[0]?.trim().toLowerCase() ?? '';
  return Object.hasOwn(models, type) ? models[type] : undefined;
}

function isOfModel(body: Buffer, model: object): boolean {
  try {
    return validate(JSON.parse(body.toString('utf8')), model).valid;
  } catch {
    return false;
  }
}
