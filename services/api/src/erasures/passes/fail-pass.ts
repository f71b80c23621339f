import type { Pass } from '@weir/dynamodb/erasures';
import { isUnchanged } from '../cohort/cohort.ts';
import type { EraseDeps } from '../cohort/erase-deps.ts';
import { hoursOf } from '../cohort/steps.ts';

/**
 * Marks the erasures that cannot go on as failed, when a walk was tried for as long as the machine tries: those whose step
 * looks at the hour that fails, or all where nobody knows which one it is. The others go on. Returns how many failed.
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
