import type { AwsCall, Reply, RequestHead } from '../../aws-calls/aws-call.ts';
import type { Answer } from '../../aws-calls/backend.ts';
import { errorReply } from '../../aws-calls/error-reply.ts';

/** A refusal with the service's own error code. */
export class AwsError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** One operation of a JSON service, from its parsed input to its output. */
export type Operation = (input: Readonly<Record<string, unknown>>) => object;

/** Answers the operations of a JSON service (`X-Amz-Target`); others are refused as unknown. */
export function jsonAnswer(operations: Readonly<Record<string, Operation>>): Answer {
  return async (call: AwsCall, _head: RequestHead, body: Buffer): Promise<Reply> => {
    const operation = Object.hasOwn(operations, call.action) ? operations[call.action] : undefined;
    if (operation === undefined) {
      return refuse(call, 'UnknownOperationException', `The local ${call.service} has no ${call.action}`);
    }
    const input = inputOf(body);
    if (input === undefined) return refuse(call, 'SerializationException', 'The body is not a JSON object');
    try {
      return jsonReply(operation(input));
    } catch (error) {
      if (error instanceof AwsError) return refuse(call, error.code, error.message);
      const message = unwrittenProblem(error);
      if (message === undefined) throw error;
      return errorReply(call, { status: 500, code: 'InternalServerError', message });
    }
  };
}

/** A sentence about state that could not be written; undefined for every other error. */
function unwrittenProblem(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (syscall === undefined) return undefined;
  const next = code === 'ENOSPC' ? 'make room on the disk' : 'make the folder of the state writable';
  return `The local AWS could not write this (${error.message}), and has changed nothing: ${next}, then call again`;
}

function refuse(call: AwsCall, code: string, message: string): Reply {
  return errorReply(call, { status: 400, code, message });
}

function inputOf(body: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const input: unknown = JSON.parse(body.toString('utf8') || '{}');
    return typeof input === 'object' && input !== null ? (input as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

/** An answer in JSON. */
export function jsonReply(value: object, status = 200): Reply {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: Buffer.from(JSON.stringify(value)),
  };
}
