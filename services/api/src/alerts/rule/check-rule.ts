import type { AlertRule, Channel } from '@weir/alerts';
import type { FromSchema } from '@weir/events';
import { isMailAddress } from '@weir/mail';
import type { Fault } from '../../http/answers/problem.ts';
import { type Checked, createCheck } from '../../http/bodies/check-value.ts';
import { parseTime } from '../../times/parse-time.ts';
import { DEFAULT_COOLDOWN_SECONDS, DEFAULT_LATE_SECONDS } from './limits.ts';
import { newAlertSchema, RULE_PATTERNS } from './rule-schema.ts';

/** A rule as callers write it. */
export type RuleBody = FromSchema<typeof newAlertSchema>;

const checkSchema = createCheck(newAlertSchema, RULE_PATTERNS);

/** Checks a whole rule, and fills in what it leaves out. */
export function checkRule(value: unknown): Checked<AlertRule> {
  const checked = checkSchema(value);
  return checked.kind === 'faults' ? checked : completeRule(checked.value);
}

/** Checks what the schema cannot express of a rule, and fills in what it leaves out. */
export function completeRule(body: RuleBody): Checked<AlertRule> {
  const { field = 'count', interval = 'minute', channels = [{ type: 'webhook' }], relative } = body;
  const mutedUntil = body.mutedUntil === undefined ? undefined : parseTime(body.mutedUntil);
  const faults = [
    ...findConditionFaults(body),
    ...findFieldFaults({ ...body, field, interval }),
    ...channels.flatMap((channel, at) => findChannelFaults(channel, `/channels/${at}`)),
  ];
  if (body.mutedUntil !== undefined && mutedUntil === undefined) {
    faults.push({ pointer: '/mutedUntil', detail: 'must be an RFC 3339 time from 1970 to 9999' });
  }
  if (faults.length > 0) return { kind: 'faults', faults };
  const { lateSeconds = DEFAULT_LATE_SECONDS, cooldownSeconds = DEFAULT_COOLDOWN_SECONDS } = body;
  const value: AlertRule = {
    ...{ name: body.name, action: body.action, field, interval, comparison: body.comparison },
    ...(body.threshold !== undefined && { threshold: body.threshold }),
    ...(relative && { relative: { to: relative.to, percent: relative.percent, minCount: relative.minCount ?? 0 } }),
    ...{ lateSeconds, repeat: body.repeat ?? 'recovered', cooldownSeconds, enabled: body.enabled ?? true },
    ...(mutedUntil !== undefined && { mutedUntil }),
    channels: channels.map(toChannel),
  };
  return { kind: 'valid', value };
}

function findConditionFaults({ comparison, threshold, relative }: RuleBody): Fault[] {
  if (comparison === 'silent') {
    return Object.entries({ threshold, relative })
      .filter(([, given]) => given !== undefined)
      .map(([name]) => ({ pointer: `/${name}`, detail: `a silent rule has no ${name}: remove it` }));
  }
  if (threshold === undefined && relative === undefined) {
    return [{ pointer: '/threshold', detail: 'is missing: give a threshold, or relative' }];
  }
  if (threshold === undefined || relative === undefined) return [];
  return [{ pointer: '/relative', detail: 'a rule has a threshold or relative: remove one of them' }];
}

function findFieldFaults({ comparison, field, interval }: Pick<AlertRule, 'comparison' | 'field' | 'interval'>) {
  const faults: Fault[] = [];
  if (comparison === 'silent' && field !== 'count') {
    faults.push({ pointer: '/field', detail: 'a silent rule looks at the count: remove field' });
  }
  if (interval === 'minute' && (field === 'users' || field === 'p95')) {
    faults.push({ pointer: '/field', detail: `minutes have no ${field}: give the interval hour or day` });
  }
  return faults;
}

type ChannelBody = NonNullable<RuleBody['channels']>[number];

function findChannelFaults({ type, endpointId, to }: ChannelBody, pointer: string): Fault[] {
  if (type === 'webhook') {
    return to === undefined ? [] : [{ pointer: `${pointer}/to`, detail: 'a webhook has an endpointId instead' }];
  }
  const faults: Fault[] = [];
  if (to === undefined) faults.push({ pointer: `${pointer}/to`, detail: 'is missing: an email needs an address' });
  else if (!isMailAddress(to)) {
    faults.push({ pointer: `${pointer}/to`, detail: 'must be an address such as zoe@shop.example, in ASCII' });
  }
  if (endpointId !== undefined) {
    faults.push({ pointer: `${pointer}/endpointId`, detail: 'an email has an address instead: remove endpointId' });
  }
  return faults;
}

function toChannel({ type, endpointId, to }: ChannelBody): Channel {
  if (type === 'email') return { type, to: to ?? '' };
  return endpointId === undefined ? { type } : { type, endpointId };
}
