import type { Reply } from '../aws-calls/aws-call.ts';

/** Reads the next record after an answer, by its iterator. */
export type ReadNext = (shardIterator: string) => Promise<Reply>;

/**
 * Puts `MillisBehindLatest` into an answer of GetRecords: the age of the oldest record that it does not hold, or 0 at
 * the tip of the shard. kinesalite answers 0 always. An answer in CBOR stays as it is.
 */
export async function withMillisBehindLatest(reply: Reply, readNext: ReadNext, now: number): Promise<Reply> {
  // Each byte is one character: the text can hold 10 MB of records, which nobody needs parsed.
  const text = reply.body.toString('latin1');
  const shardIterator = /"NextShardIterator":"([^"]+)"/.exec(text)?.[1];
  if (reply.status !== 200 || shardIterator === undefined) return reply;
  const next = await readNext(shardIterator);
  const arrival = /"ApproximateArrivalTimestamp":([\d.]+)/.exec(next.body.toString('latin1'))?.[1];
  const millis = arrival === undefined ? 0 : Math.max(0, Math.round(now - Number(arrival) * 1000));
  const body = Buffer.from(text.replace(/"MillisBehindLatest":\d+/, `"MillisBehindLatest":${millis}`), 'latin1');
  return { ...reply, body };
}
