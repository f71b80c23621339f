import type { CallCost } from './counts.ts';
import { ASSUMED } from './prices.ts';

/** The gigabyte-seconds that Lambda bills for a call: its CPU at the function's share of one, and its waits for AWS. */
export function gigabyteSecondsOf({ cpuMs, calls }: Pick<CallCost, 'cpuMs' | 'calls'>, megabytes: number): number {
  const share = Math.min(1, megabytes / ASSUMED.megabytesOfCpu);
  return ((cpuMs / share + waitMsOf(calls)) / 1000) * (megabytes / 1024);
}

/** At most: as if all calls were made one after the other. */
export function waitMsOf(calls: CallCost['calls']): number {
  const waits: Readonly<Record<string, number>> = ASSUMED.waitMs;
  return Object.entries(calls).reduce((sum, [name, count]) => sum + count * (waits[name.split(':')[0] ?? ''] ?? 0), 0);
}
