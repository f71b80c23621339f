import { hash64 } from '@weir/aggregates';
import type { Collector } from '../by-user/method/by-user-method.ts';
import { RUN_BYTES, RunBuffer } from '../by-user/runs/run-buffer.ts';
import { userRecordBytes, userRecords, writeUserRecord } from './user-record.ts';

/** A map of more users takes more memory than the buffer. */
const MAX_USERS = 100_000;

/** Collects the number of events of each user. */
export function createUserCollector(runBytes = RUN_BYTES): Collector {
  const buffer = new RunBuffer(userRecords, runBytes);
  const counts = new Map<string, number>();
  let bytes = 0;
  return {
    add({ userId }) {
      const count = counts.get(userId);
      if (count === undefined) {
        const size = userRecordBytes(userId);
        if (bytes + size > runBytes || counts.size === MAX_USERS) return false;
        bytes += size;
      }
      counts.set(userId, (count ?? 0) + 1);
      return true;
    },
    get isEmpty() {
      return counts.size === 0;
    },
    takeSorted() {
      const hash = new Uint32Array(2);
      for (const [userId, events] of counts) {
        const at = buffer.claim(userRecordBytes(userId));
        if (at === undefined) throw new Error('the users of a run are more than its buffer holds');
        hash64(userId, hash);
        writeUserRecord(buffer.bytes, at, { hash, events, userId });
      }
      counts.clear();
      bytes = 0;
      return buffer.takeSorted();
    },
  };
}
