import type { ServerResponse } from 'node:http';
import type { AwsCall, AwsCallResult, RequestHead } from '../../aws-calls/aws-call.ts';
import type { InjectedFault } from '../faults.ts';
import type { PendingCall } from '../pending-call.ts';
import { createUpstream, type Upstream } from '../upstream.ts';
import { type BackendRequest, type HttpBackend, startHttpBackend } from './http-backend.ts';
import { type RecordedExchange, recordedExchange } from './recorded-exchange.ts';

/** What a call is made with: the door's way to an emulator, and what the door counts. */
export interface CallFixture {
  readonly upstream: Upstream;
  /** The results of the calls, in order. */
  readonly counted: readonly AwsCallResult[];
  /** The requests that the emulators got. */
  readonly requests: readonly BackendRequest[];
  /** Starts an emulator that answers like this, and returns its port. */
  start(answer: (response: ServerResponse) => void): Promise<number>;
  close(): Promise<void>;
  /** A call that has arrived, and what its caller gets. */
  pending(
    arrived: { readonly head?: Partial<RequestHead>; readonly body?: string | Buffer; readonly fault?: InjectedFault },
    describe: (exchange: RecordedExchange) => AwsCall,
  ): PendingCall & { readonly exchange: RecordedExchange };
}

/** Begins without an emulator. */
export function createCallFixture(): CallFixture {
  const upstream = createUpstream();
  const counted: AwsCallResult[] = [];
  const backends: HttpBackend[] = [];
  return {
    upstream,
    counted,
    get requests() {
      return backends.flatMap(({ requests }) => requests);
    },
    start: async (answer) => {
      const backend = await startHttpBackend(answer);
      backends.push(backend);
      return backend.port;
    },
    close: async () => {
      upstream.close();
      await Promise.all(backends.map((backend) => backend.close()));
    },
    pending: ({ head, body, fault }, describe) => {
      const exchange = recordedExchange(head, body);
      const onCall = (_call: AwsCall, result: AwsCallResult) => void counted.push(result);
      return { call: describe(exchange), exchange, fault, onCall };
    },
  };
}
