import type { AlertField, AlertRule, BucketInterval } from '@weir/alerts';
import type { Chances } from '@weir/simulation';
import { type AlertWorld, MINUTE, TRAFFIC_MS } from './alert-world.ts';

/** What events do. */
export const ACTIONS = ['shop.a', 'shop.b', 'blog'];

type Condition = Pick<AlertRule, 'comparison' | 'threshold' | 'relative'> & { readonly field?: AlertField };

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
    if (chances.is(0.15)) later(() => void world.remove(id));
  }
}

function ruleOf(chances: Chances): AlertRule {
  const interval: BucketInterval = chances.is(0.2) ? 'hour' : 'minute';
  const relative = { to: 'previous', percent: chances.one([0, 50]), minCount: chances.between(0, 2) } as const;
  const [count, value] = [chances.between(0, 4), chances.between(-5, 20)];
  const condition = chances.one<Condition>([
    { comparison: 'above', threshold: count },
    { comparison: 'above', threshold: count },
    { comparison: 'above', relative },
    { comparison: 'below', threshold: count },
    { comparison: 'below', relative },
    { comparison: 'silent' },
    { comparison: 'above', field: 'sum', threshold: value },
    { comparison: 'below', field: 'mean', threshold: value },
  ]);
  return {
    ...{ name: 'n', action: chances.one([...ACTIONS, 'shop.*', '*']), field: 'count', interval, ...condition },
    ...{ lateSeconds: chances.one([0, 60, 120]), repeat: chances.one(['recovered', 'cooldown']) },
    ...{ cooldownSeconds: chances.one([0, 120, 1800]), enabled: true, channels: [{ type: 'webhook' }] },
  };
}
