import { ByteReader } from '../bytes/byte-reader.ts';
import type { ByteWriter } from '../bytes/byte-writer.ts';
import { DDSketch } from './ddsketch.ts';
import { HyperLogLog } from './hyper-log-log.ts';

/** Users and values of one hour. */
export interface HourSketches {
  readonly users: HyperLogLog;
  readonly values: DDSketch;
}

export function writeSketches(out: ByteWriter, { users, values }: HourSketches): void {
  users.writeTo(out);
  values.writeTo(out);
}

export function readSketches(input: ByteReader): HourSketches {
  const users = HyperLogLog.readFrom(input);
  return { users, values: DDSketch.readFrom(input) };
}

/** Sketches that begin at `position` and are decoded when they are first read: most readers want totals only. */
export function lazySketches(bytes: Uint8Array, position: number): () => HourSketches {
  let decoded: HourSketches | undefined;
  return () => {
    decoded ??= readSketches(new ByteReader(bytes, position));
    return decoded;
  };
}
