import type { AlertRule, BucketInterval } from '@weir/alerts';
import type { Chances } from '@weir/simulation';
import { type AlertWorld, MINUTE, TRAFFIC_MS } from './alert-world.ts';

/** What events do. */
export const ACTIONS = ['shop.a', 'shop.b', 'blog'];
const SERIES = [...ACTIONS, 'shop.*', '*'];

type Condition = Pick<AlertRule, 'field' | 'comparison' | 'threshold' | 'relative'>;

/** Most rules are made at the beginning, some later; some are changed, switched off and on, or removed. */
export function planRules(world: AlertWorld, chances: Chances): void {
  for (let number = 0; number < chances.between(2, 7); number++) {
    const [id, rule] = [`r${number}`, ruleOf(chances)];
    const madeAt = chances.is(0.6) ? 0 : chances.between(0, TRAFFIC_MS / 2);
    world.time.after(madeAt, () => void world.make(id, rule));
    const later = (run: () => unknown) => world.time.after(madeAt + chances.between(0, TRAFFIC_MS), run);
    if (chances.is(0.3)) later(() => void world.change(id, { threshold: chances.between(0, 4) }));
    if (chances.is(0.2)) later(() => void world.change(id, { lateSeconds: chances.one([0, 60, 300]) }));
    if (chances.is(0.2)) later(() => void world.change(id, { enabled: false }));
    if (chances.is(0.3)) later(() => void world.change(id, { enabled: true }));
    if (chances.is(0.2)) later(() => void world.change(id, { mutedUntil: world.now + 20 * MINUTE }));
    if (chances.is(0.2)) later(() => void world.change(id, { action: chances.one(SERIES) }));
    if (chances.is(0.1)) later(() => void world.change(id, { interval: chances.one(['minute', 'hour']) }));
    if (chances.is(0.1)) later(() => void world.compare(id, conditionOf(chances, rule.interval)));
    if (chances.is(0.15)) later(() => void world.remove(id));
  }
}

function ruleOf(chances: Chances): AlertRule {
  const interval = chances.one<BucketInterval>(['minute', 'minute', 'minute', 'hour', 'day']);
  return {
    ...{ name: 'n', action: chances.one(SERIES), interval, ...conditionOf(chances, interval) },
    ...{ lateSeconds: chances.one([0, 60, 120]), repeat: chances.one(['recovered', 'cooldown']) },
    ...{ cooldownSeconds: chances.one([0, 120, 1800]), enabled: true, channels: [{ type: 'webhook' }] },
  };
}

/** All that is compared: as a change, it replaces what was compared before. */
function conditionOf(chances: Chances, interval: BucketInterval): Condition {
  const to = chances.one(['previous', 'previous', 'day'] as const);
  const relative = { to, percent: chances.one([0, 50]), minCount: chances.between(0, 2) };
  const [count, value] = [chances.between(0, 4), chances.between(-5, 20)];
  const wide: Condition[] = [
    { field: 'users', comparison: 'above', threshold: count },
    { field: 'users', comparison: 'below', threshold: count },
    { field: 'users', comparison: 'above', relative },
    { field: 'p95', comparison: 'above', threshold: value },
    { field: 'p95', comparison: 'below', relative },
  ];
  return chances.one<Condition>([
    ...(interval === 'minute' ? [] : [...wide, ...wide]),
    { field: 'count', comparison: 'above', threshold: count },
    { field: 'count', comparison: 'above', threshold: count },
    { field: 'count', comparison: 'above', relative },
    { field: 'count', comparison: 'below', threshold: count },
    { field: 'count', comparison: 'below', relative },
    { field: 'count', comparison: 'silent' },
    { field: 'sum', comparison: 'above', threshold: value },
    { field: 'mean', comparison: 'below', threshold: value },
  ]);
}
