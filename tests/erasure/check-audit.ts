import { auditAtOnce } from '@weir/audit/at-once';
import { expect } from 'chai';
import { type EraseWorld, HOUR_MS } from './erase-world.ts';

/** Rows and archive agree, in which erased lines have a register and no user. */
export async function checkAudit({ fixture: { store, objects }, sent }: EraseWorld): Promise<void> {
  const arrivals = sent.map(({ arrival }) => arrival);
  const [from, to] = [Math.min(...arrivals) - 24 * HOUR_MS, Math.max(...arrivals) + HOUR_MS];
  const { buckets, lost } = await auditAtOnce({ store, objects }, { from, to });
  expect({ buckets, lost }).to.deep.equal({ buckets: [], lost: [] });
}
