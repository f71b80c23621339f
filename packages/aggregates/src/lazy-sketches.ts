import { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { DDSketch } from './ddsketch.ts';
import type { HourSketches } from './delta.ts';
import { HyperLogLog } from './hyper-log-log.ts';

export function writeSketches(out: ByteWriter, { users, values }: HourSketches): void {
  users.writeTo(out);
  values.writeTo(out);
}

export function readSketches(input: ByteReader): HourSketches {
  const users = HyperLogLog.readFrom(input);
  return { users, values: DDSketch.readFrom(input) };
}

/** Sketches that stand at `position` and are decoded when first asked for: most readers want totals only. */
export function lazySketches(bytes: Uint8Array, position: number): () => HourSketches {
  let decoded: HourSketches | undefined;
  return () => {
    decoded ??= readSketches(new ByteReader(bytes, position));
    return decoded;
  };
}
