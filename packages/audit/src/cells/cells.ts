import { compressed, decompressed, type ObjectStore, wholeLines } from '@weir/archive';

/** A bucket of an action, over all logs: an encoded row of an hour or a day. */
export interface Cell {
  readonly action: string;
  readonly unit: 'hour' | 'day';
  /** Hours or days since the epoch. */
  readonly bucket: number;
  readonly body: Uint8Array;
  /** Of rows: the last entry that the bucket has, by log, where this is past the log's watermark. */
  readonly upTo: Readonly<Record<string, number>>;
}

/** Writes cells, which come in order of their actions, into one object. */
export async function writeCells(files: ObjectStore, key: string, cells: AsyncIterable<Cell>): Promise<void> {
  await files.putStream(key, compressed(linesOf(cells)));
}

/** The cells of an object, as they were written. */
export async function* readCells(files: ObjectStore, key: string): AsyncIterable<Cell> {
  for await (const block of wholeLines(decompressed(await files.get(key)))) {
    for (const line of block.toString().split('\n')) if (line !== '') yield cellOf(line);
  }
}

async function* linesOf(cells: AsyncIterable<Cell>): AsyncIterable<Uint8Array> {
  for await (const { action, unit, bucket, body, upTo } of cells) {
    const base64 = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('base64');
    yield Buffer.from(`${JSON.stringify([action, unit, bucket, base64, upTo])}\n`);
  }
}

function cellOf(line: string): Cell {
  const [action, unit, bucket, base64, upTo] = JSON.parse(line) as [string, Cell['unit'], number, string, Cell['upTo']];
  return { action, unit, bucket, body: Buffer.from(base64, 'base64'), upTo };
}
