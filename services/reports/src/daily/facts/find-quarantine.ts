import { createHash } from 'node:crypto';
import type { ObjectStore } from '@weir/archive';
import type { Range } from '@weir/calendar';
import { canonicalJson } from '../canonical-json.ts';
import type { DailyFacts } from '../daily-report.ts';
import { countQuarantine, listQuarantine } from './count-quarantine.ts';

/** What an earlier run counted of the quarantine of a day. */
interface CountedQuarantine {
  /** SHA-256 of the names of the objects that were counted. */
  readonly objects: string;
  readonly counts: DailyFacts['quarantine'];
}

export interface QuarantineDeps {
  /** The bucket of the archive. */
  readonly archive: Pick<ObjectStore, 'list' | 'get'>;
  /** The bucket of reports. */
  readonly files: Pick<ObjectStore, 'put' | 'find'>;
}

/**
 * The refused events of a day, by reason. The counts are kept beside the names of the objects that they are of, so that
 * a flood of refused events is read once and not in each of eight nights. A name has the hash of the object's first
 * bytes; only an erasure replaces them, and it changes no count.
 */
export async function findQuarantine(
  { archive, files }: QuarantineDeps,
  day: Range,
): Promise<DailyFacts['quarantine']> {
  const hours = await listQuarantine(archive, day);
  if (hours.length === 0) return [];
  const objects = createHash('sha256').update(hours.flat().join('\n')).digest('hex');
  const key = countsKey(day);
  const found = await files.find(key);
  const known = found && (JSON.parse(Buffer.from(found.bytes).toString()) as CountedQuarantine);
  if (known?.objects === objects) return known.counts;
  const counted: CountedQuarantine = { objects, counts: await countQuarantine(archive, day, hours) };
  await files.put(key, Buffer.from(`${canonicalJson(counted)}\n`));
  return counted.counts;
}

/** Among the drafts, which expire: after a month, no night asks for the day any more. */
function countsKey({ from, to }: Range): string {
  const [start, end] = [from, to].map((at) => new Date(at).toISOString());
  return `drafts/quarantine/${start}_${end}.json`;
}
