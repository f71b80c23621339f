import { type Alert, bucketStart } from '@weir/alerts';
import { bytesOfRequest, nameAlert } from '@weir/api/src/alerts/rule/name-alert.ts';
import type { MetricsStore, StoredEntry } from '@weir/dynamodb';
import { append, type CountedEvent, countingEntry } from '@weir/dynamodb/memory/counted';

const ACTIONS = Array.from({ length: 20 }, (_, at) => `shop.${String.fromCharCode(97 + at)}`);
export const LOGS = ['1764000000.0', '1764000000.1', '1764000000.2', '1764000000.3'];
/** The start of an hour. */
export const START = 1_764_000_000_000;
const EVENTS_OF_AN_ACTION = 50;

/** Rules that look at every entry and never fire; one in ten looks at all actions, or at a prefix of them. */
export function sampleRules(count: number): Alert[] {
  return Array.from({ length: count }, (_, at) => ({
    ...{ id: nameAlert(bytesOfRequest('bench', `${at}`)), name: `rule ${at}`, action: patternOf(at), field: 'count' },
    ...{ interval: at % 4 === 3 ? 'hour' : 'minute', comparison: 'above', threshold: 1e9, lateSeconds: 60 },
    ...{ repeat: 'recovered', cooldownSeconds: 600, enabled: true, channels: [{ type: 'webhook' }] },
    ...{ revision: 1, since: bucketStart('hour', START), createdAt: START, updatedAt: START, state: { version: 0 } },
  }));
}

/** An entry: twenty actions of one second. */
export interface SampleEntry {
  readonly logId: string;
  readonly number: number;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Appends it to its log. */
export async function appendSample(store: MetricsStore, { logId, number, at }: SampleEntry): Promise<StoredEntry> {
  const events = ACTIONS.flatMap((action) =>
    Array.from(
      { length: EVENTS_OF_AN_ACTION },
      (_, user): CountedEvent => ({ action, at, value: user, userId: `u${user}` }),
    ),
  );
  await append(store, logId, countingEntry(number, events, at));
  const [entry] = await store.readAfter(logId, number - 1, { maxEntries: 1 });
  return entry as StoredEntry;
}

function patternOf(at: number): string {
  if (at % 20 === 0) return '*';
  return at % 20 === 1 ? 'shop.*' : (ACTIONS[at % ACTIONS.length] as string);
}
