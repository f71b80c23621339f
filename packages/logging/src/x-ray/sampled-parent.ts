/** The segment of a call, in a trace that X-Ray keeps. */
export interface SampledParent {
  readonly traceId: string;
  readonly segmentId: string;
}

/** Reads X-Ray's header. Undefined if this trace is not kept: only a part of them is. */
export function sampledParent(header: string): SampledParent | undefined {
  const fields = new Map(header.split(';').map((field) => field.split('=', 2) as [string, string]));
  const [traceId, segmentId] = [fields.get('Root'), fields.get('Parent')];
  return fields.get('Sampled') === '1' && traceId && segmentId ? { traceId, segmentId } : undefined;
}
