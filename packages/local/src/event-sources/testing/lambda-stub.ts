import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readAll } from '../../aws-calls/read-all.ts';

/** An invocation by a source. */
export interface Invocation {
  readonly functionName: string;
  readonly event: { readonly Records?: readonly Readonly<Record<string, unknown>>[] };
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What a function does: it returns a value, or throws. */
export type Behaviour = (invocation: Invocation) => unknown;

/** Lambda's Invoke API, as serverless-offline has it, in front of functions of a test. */
export interface LambdaStub {
  readonly url: string;
  /** The invocations of a function, in order. */
  of(functionName: string): readonly Invocation[];
  /** All records that a function got, in order. */
  recordsOf(functionName: string): readonly Readonly<Record<string, unknown>>[];
  close(): void;
}

/** Starts the functions; a function without a behaviour returns nothing. */
export async function startLambdaStub(behaviours: Readonly<Record<string, Behaviour>> = {}): Promise<LambdaStub> {
  const invocations: Invocation[] = [];
  const server = createServer(async (request, response) => {
    const functionName = request.url?.split('/')[3] ?? '';
    const body = await readAll(request);
    if (functionName === '') return void response.writeHead(404).end();
    const invocation = { functionName, event: JSON.parse(body.toString('utf8')), at: Date.now() };
    invocations.push(invocation);
    try {
      response.end(JSON.stringify((await behaviours[functionName]?.(invocation)) ?? {}));
    } catch (error) {
      response.setHeader('x-amz-function-error', 'Unhandled');
      response.end(JSON.stringify({ errorMessage: String(error) }));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const of = (name: string) => invocations.filter(({ functionName }) => functionName === name);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    of,
    recordsOf: (name) => of(name).flatMap(({ event }) => event.Records ?? []),
    close: () => void server.close(),
  };
}
