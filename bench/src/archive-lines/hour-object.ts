import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { compressed, objectKey } from '@weir/archive';
import { MemoryObjectStore } from '@weir/archive/memory';
import type { ArchivePiece, ArchiveSources } from '@weir/archive/reading';
import { MemoryMetricsStore } from '@weir/dynamodb/memory';
import { padSequenceNumber } from '@weir/events';

const ARRIVAL = Date.UTC(2026, 0, 10, 11);
const HOUR_MS = 3_600_000;
const LOG_ID = '1764000000.0';
const BLOCK_LINES = 500;
const KEY = objectKey({ area: 'events', logId: LOG_ID, number: 0, arrival: ARRIVAL, digest: '0'.repeat(32) });

/** The piece whose only object is the hour's. */
export const PIECE: ArchivePiece = {
  logId: LOG_ID,
  ...{ hour: ARRIVAL / HOUR_MS, first: 0, last: 0, keys: [KEY], bytes: 0 },
};

/** An hour's object of so many lines, in memory. */
export async function holdHour(lines: number): Promise<{ sources: ArchiveSources; bytes: Uint8Array }> {
  const bytes = await buffer(compressed(linesOf(lines)));
  const objects = new MemoryObjectStore(() => ARRIVAL);
  await objects.put(KEY, bytes);
  return { sources: { store: new MemoryMetricsStore(), objects }, bytes };
}

/** An hour's object that is made while it is read, so that none of it is held. */
export function streamHour(lines: number): ArchiveSources {
  const objects = new MemoryObjectStore(() => ARRIVAL);
  objects.get = async () => Readable.from(compressed(linesOf(lines)), { objectMode: false });
  return { store: new MemoryMetricsStore(), objects };
}

async function* linesOf(lines: number): AsyncGenerator<Buffer> {
  for (let i = 0; i < lines; i += BLOCK_LINES) {
    const block = Array.from({ length: Math.min(BLOCK_LINES, lines - i) }, (_, at) => lineOf(i + at));
    yield Buffer.from(block.join(''));
  }
}

/** A line of 350 bytes, as most are. Ids are random, the rest repeats. */
function lineOf(i: number): string {
  const id = createHash('md5').update(String(i)).digest('hex');
  const event = {
    ...{ id, userId: `u_${id.slice(0, 6)}`, action: i % 3 === 0 ? 'checkout' : 'view', timestamp: ARRIVAL + i },
    ...{ value: (i % 1000) / 4, properties: { page: `/item/${i % 500}`, referrer: 'search', currency: 'EUR' } },
  };
  const at = `shardId-000000000000:${padSequenceNumber(`4965${i}`)}:0`;
  const head = `{"at":"${at}","arrival":${ARRIVAL + i},"outcome":"counted"`;
  return `${head},"event":${JSON.stringify(event)}}\n`;
}
