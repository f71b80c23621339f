import { randomBytes } from 'node:crypto';
import { type CallTrace, readCallTrace } from '@weir/config';
import { sampledParent } from './sampled-parent.ts';
import { type Segment, sendSegment } from './send-segment.ts';

/** X-Ray's ids of segments have 64 bits. */
const SEGMENT_ID_BYTES = 8;

/** By these, X-Ray finds the traces of calls. Nothing of a person goes in here. */
export type Annotations = Readonly<Record<string, string | number>>;

/** How a call is found among the traces. */
export interface AnnotatedCall<T> {
  /** The name of its segment: the function. */
  readonly name: string;
  readonly annotations?: Annotations | undefined;
  /** The annotation `outcome` of a call that did not throw: `done` by default. After an error it is `error`. */
  readonly outcomeOf?: ((result: T) => string) | undefined;
}

/** What tests replace. */
export interface AnnotateDeps {
  readonly readTrace: () => CallTrace | undefined;
  readonly send: (daemon: string, segment: Segment) => Promise<void>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const LAMBDA: AnnotateDeps = {
  readTrace: readCallTrace,
  send: sendSegment,
  // biome-ignore lint/plugin: a trace says when something ran on this machine; nothing else is made of it.
  now: () => Date.now(),
};

/**
 * Runs `work`, and sends a segment about it, if X-Ray keeps the trace of this call. Lambda makes the function's own
 * segment, to which nobody can add annotations.
 */
export async function annotateCall<T>(
  call: AnnotatedCall<T>,
  work: () => Promise<T>,
  deps: AnnotateDeps = LAMBDA,
): Promise<T> {
  const trace = deps.readTrace();
  const parent = trace && sampledParent(trace.header);
  if (!parent) return work();
  const startedAt = deps.now();
  const end = (outcome: string, isFault: boolean) =>
    deps.send(trace.daemon, {
      name: call.name,
      id: randomBytes(SEGMENT_ID_BYTES).toString('hex'),
      trace_id: parent.traceId,
      parent_id: parent.segmentId,
      type: 'subsegment',
      start_time: startedAt / 1000,
      end_time: deps.now() / 1000,
      ...(isFault && { fault: true }),
      annotations: { ...call.annotations, outcome },
    });
  const result = await work().catch(async (error: unknown) => {
    await end('error', true);
    throw error;
  });
  await end(call.outcomeOf?.(result) ?? 'done', false);
  return result;
}
