import { type AlertRule, matchesAction } from '@weir/alerts';
import type { Fault } from '../../http/answers/problem.ts';
import type { AlertsDeps } from './alerts-deps.ts';
import { MAX_SKETCHED_ACTIONS } from './limits.ts';

/** The faults of a rule that depend on what there is: too many actions, or a missing endpoint. */
export async function findMissing({ reader, hasEndpoint }: AlertsDeps, rule: AlertRule): Promise<Fault[]> {
  const endpoints = await Promise.all(
    rule.channels.map(async (channel, at): Promise<Fault[]> => {
      if (channel.type !== 'webhook' || channel.endpointId === undefined) return [];
      if (await hasEndpoint(channel.endpointId)) return [];
      return [
        { pointer: `/channels/${at}/endpointId`, detail: 'there is no such endpoint; GET /v1/webhooks lists them' },
      ];
    }),
  );
  return [...(await findExcess(reader, rule)), ...endpoints.flat()];
}

async function findExcess(reader: AlertsDeps['reader'], { action, field }: AlertRule): Promise<Fault[]> {
  if (!action.endsWith('*') || (field !== 'users' && field !== 'p95')) return [];
  const matching = (await reader.listActions()).filter((seen) => matchesAction(action, seen.action));
  if (matching.length <= MAX_SKETCHED_ACTIONS) return [];
  const detail = `matches ${matching.length} actions; ${field} are merged of at most ${MAX_SKETCHED_ACTIONS}`;
  return [{ pointer: '/action', detail }];
}
