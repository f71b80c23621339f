import type { AlertRule } from '@weir/alerts';
import { formatTime } from '../../times/parse-time.ts';
import type { RuleBody } from './check-rule.ts';

/** A rule as callers write it, with what they left out. */
export function ruleBody(rule: AlertRule): RuleBody {
  const { name, action, field, interval, comparison, threshold, relative, mutedUntil } = rule;
  return {
    ...{ name, action, field, interval, comparison },
    ...(threshold !== undefined && { threshold }),
    ...(relative && { relative }),
    ...{ lateSeconds: rule.lateSeconds, repeat: rule.repeat, cooldownSeconds: rule.cooldownSeconds },
    enabled: rule.enabled,
    ...(mutedUntil !== undefined && { mutedUntil: formatTime(mutedUntil) }),
    channels: rule.channels,
  };
}
