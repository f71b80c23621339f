import { type AlertRule, type Channel, matchesAction } from '@weir/alerts';
import type { Fault } from '../../http/answers/problem.ts';
import type { AlertsDeps } from './alerts-deps.ts';
import { MAX_SKETCHED_ACTIONS } from './limits.ts';

/**
 * The faults of a rule that depend on what there is: too many actions, or a missing endpoint. What the rule had before a
 * change is no fault: it can be muted, or switched off, whatever has become of the rest.
 */
export async function findMissing(
  { reader, hasEndpoint }: AlertsDeps,
  rule: AlertRule,
  before?: AlertRule,
): Promise<Fault[]> {
  const had = new Set(before?.channels.flatMap(endpointOf));
  const endpoints = await Promise.all(
    rule.channels.map(async (channel, at): Promise<Fault[]> => {
      const [endpointId] = endpointOf(channel);
      if (endpointId === undefined || had.has(endpointId) || (await hasEndpoint(endpointId))) return [];
      return [
        { pointer: `/channels/${at}/endpointId`, detail: 'there is no such endpoint; GET /v1/webhooks lists them' },
      ];
    }),
  );
  const isSameSeries = before?.action === rule.action && before.field === rule.field;
  return [...(isSameSeries ? [] : await findExcess(reader, rule)), ...endpoints.flat()];
}

function endpointOf(channel: Channel): string[] {
  return channel.type === 'webhook' && channel.endpointId !== undefined ? [channel.endpointId] : [];
}

async function findExcess(reader: AlertsDeps['reader'], { action, field }: AlertRule): Promise<Fault[]> {
  if (!action.endsWith('*') || (field !== 'users' && field !== 'p95')) return [];
  const matching = (await reader.listActions()).filter((seen) => matchesAction(action, seen.action));
  if (matching.length <= MAX_SKETCHED_ACTIONS) return [];
  const detail = `matches ${matching.length} actions; ${field} are merged of at most ${MAX_SKETCHED_ACTIONS}`;
  return [{ pointer: '/action', detail }];
}
