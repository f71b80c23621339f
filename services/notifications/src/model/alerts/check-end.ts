import assert from 'node:assert/strict';
import { type Alert, BUCKET_MS, bucketStart, closeOf, currentEpisode, type Firing, firingId } from '@weir/alerts';
import { type AlertWorld, isAlwaysKnown, isJudgedAsIs, MINUTE, START } from './alert-world.ts';
import { checkRecoveries } from './check-recoveries.ts';
import { type Expected, expectedVerdicts } from './expected-verdicts.ts';

/** Compares all firings with what the records themselves give. */
export function checkEnd(world: AlertWorld): void {
  assert.deepEqual(world.faults, []);
  assert(
    world.streams.every(({ isEmpty }) => isEmpty),
    'a batch never succeeds',
  );
  const { evaluatedUpTo = START } = world.state.cursor ?? {};
  const enabled = [...world.state.alerts.values()].filter((alert) => alert.enabled);
  assert.equal(evaluatedUpTo, world.closedUpTo);
  for (const alert of enabled) {
    checkFirings(world, alert, evaluatedUpTo);
    checkRecoveries(world, alert, evaluatedUpTo);
  }
}

function checkFirings(world: AlertWorld, alert: Alert, evaluatedUpTo: number): void {
  const { logs, changedAt, forgotten, state } = world;
  const width = BUCKET_MS[alert.interval];
  let lastFalse = Number.NEGATIVE_INFINITY;
  for (let start = bucketStart(alert.interval, START); closeOf(alert, start) <= evaluatedUpTo; start += width) {
    if (!isJudgedAsIs(alert, start, changedAt.get(alert.id))) continue;
    const expected = expectedVerdicts(alert, start, { records: logs.appended, forgotten });
    if (!expected) continue;
    compare(alert, expected, { start, firing: state.firings.get(firingId(alert.id, start)) });
    if (!expected.mayFire) lastFalse = start;
  }
  // Where there is no value, or no baseline, a rule goes on firing.
  const isOver = isAlwaysKnown(alert) && lastFalse > (currentEpisode(alert)?.latest ?? Number.POSITIVE_INFINITY);
  assert(!isOver, `${JSON.stringify(alert)} fires after minute ${(lastFalse - START) / MINUTE}`);
}

interface Found {
  readonly start: number;
  readonly firing: Firing | undefined;
}

function compare(alert: Alert, { mustFire, mayFire, isPossible }: Expected, { start, firing }: Found): void {
  const what = `${JSON.stringify(alert)} of minute ${(start - START) / MINUTE}, ${JSON.stringify(firing)}`;
  if (mustFire) assert(firing, `it did not fire: ${what}`);
  if (!mayFire) assert(!firing, `it fired: ${what}`);
  assert(!firing || isPossible(firing.value), `it fired with a value that no logs had: ${what}`);
}
