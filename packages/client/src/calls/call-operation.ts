import type { Operations } from '../api/operations.ts';
import { buildRequest, type Input, type OperationName } from './build-request.ts';
import { type CallDeps, type CallOptions, sendRequest } from './send-request.ts';

/** What a successful operation answers. */
export type Body<Name extends OperationName> = Operations[Name]['answer'];

/** A successful answer as a whole. */
export interface Answer<Name extends OperationName> {
  readonly status: number;
  /** `x-request-id`, and of some operations `etag` and `location`. */
  readonly headers: Headers;
  readonly body: Body<Name>;
}

/** Calls an operation. Rejects with `ProblemError` or `UnreachableError`, or with the reason of the signal. */
export async function callOperation<Name extends OperationName>(
  deps: CallDeps,
  { name, input }: { readonly name: Name; readonly input: Input<Name> },
  options?: CallOptions,
): Promise<Answer<Name>> {
  const { status, headers, text } = await sendRequest(deps, buildRequest(name, input, deps.newId), options);
  return { status, headers, body: readBody(headers, text) as Body<Name> };
}

/** JSON, or text, or undefined if the answer has no body: API Gateway then names a type too. */
function readBody(headers: Headers, text: string): unknown {
  if (text === '') return undefined;
  return headers.get('content-type')?.startsWith('application/json') ? JSON.parse(text) : text;
}
