import { Chances, type Faults, VirtualTime } from '@weir/simulation';
import { AlertWorld, HOUR, MINUTE } from './alert-world.ts';
import { checkEnd } from './check-end.ts';
import { planRules } from './plan-rules.ts';
import { planTraffic } from './plan-traffic.ts';

/** After the last events, the buckets of hours close. */
const SWEEPS_MS = 2.25 * HOUR;
/** The last batches succeed, and the last zombies go on. */
const END_MS = 4 * HOUR;

export const FAULTY: Faults = {
  ...{ kill: 0.1, freeze: 0.15, loseAnswer: 0.003 },
  freezesMs: [MINUTE, 5 * MINUTE, 40 * MINUTE],
};

/** Plays what a seed decides, and checks all firings. */
export async function playSchedule(seed: number, faults: Faults = FAULTY): Promise<AlertWorld> {
  const chances = new Chances(seed);
  const world = new AlertWorld(new VirtualTime(), chances, faults);
  planRules(world, chances);
  planTraffic(world, chances);
  for (let at = MINUTE; at <= SWEEPS_MS; at += MINUTE) world.time.after(at, () => world.writeProgress());
  await world.time.play(() => world.time.now > END_MS || world.faults.length > 0);
  checkEnd(world);
  return world;
}
