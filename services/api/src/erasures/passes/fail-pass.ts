import type { Pass } from '@weir/dynamodb/erasures';
import { isUnchanged } from '../cohort/cohort.ts';
import type { EraseDeps } from '../cohort/erase-deps.ts';
import { hoursOf } from '../cohort/steps.ts';

/**
 * Marks erasures as failed after the state machine has retried a walk for as long as it can: the erasures whose step
 * covers the failing hour, or all of them if the hour is unknown. The others continue. Returns the number of failed
 * erasures.
 */
export async function failPass({ erasures, passes }: EraseDeps, pass: Pass): Promise<number> {
  if (pass.phase !== 'walking') return 0;
  const { failingHour = undefined } = pass.walked;
  const members = await passes.listMembers(pass);
  const found = await erasures.findAll(members.map(({ id }) => id));
  let failed = 0;
  for (const member of members) {
    const erasure = found.get(member.id);
    if (!isUnchanged(erasure, member)) continue;
    const { fromHour, toHour } = hoursOf(erasure);
    const isStuck = failingHour === undefined || (fromHour <= failingHour && failingHour <= toHour);
    if (isStuck && (await erasures.fail(erasure))) failed++;
  }
  return failed;
}
