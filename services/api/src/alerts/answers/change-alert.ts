import { type Alert, type AlertRule, nextBucketStart } from '@weir/alerts';
import { orUnavailable } from '../../http/answers/or-unavailable.ts';
import { type Fault, type Problem, problem } from '../../http/answers/problem.ts';
import type { ApiResponse } from '../../http/answers/response.ts';
import { findUncheckable } from '../../http/bodies/find-uncheckable.ts';
import { findUnkeptFaults } from '../../http/bodies/find-unkept-faults.ts';
import { mergePatch } from '../../http/bodies/merge-patch.ts';
import { badBody } from '../../http/bodies/read-body.ts';
import { readJsonBody } from '../../http/bodies/read-json-body.ts';
import type { Principal } from '../../http/callers/principal.ts';
import type { ApiRequest } from '../../http/requests/request.ts';
import type { RouteInput } from '../../http/route.ts';
import type { AlertsDeps } from '../rule/alerts-deps.ts';
import { checkRule } from '../rule/check-rule.ts';
import { findAlert, NO_SUCH_ALERT } from '../rule/find-alert.ts';
import { findMissing } from '../rule/find-missing.ts';
import { MAX_ALERT_BODY_BYTES } from '../rule/limits.ts';
import { refuseSeries } from '../rule/may-use-series.ts';
import { ruleBody } from '../rule/rule-body.ts';
import { newAlertSchema } from '../rule/rule-schema.ts';
import { answerWith } from './answer-alerts.ts';

const MERGE_PATCH = 'application/merge-patch+json';
/** Only another change of the same rule at the same time can be faster. */
const ATTEMPTS = 5;

/**
 * Answers `PATCH /v1/alerts/{id}` with a JSON Merge Patch (RFC 7396). What fires goes on, and a bucket that fired does
 * not fire again.
 */
export async function changeAlert(deps: AlertsDeps, input: RouteInput): Promise<ApiResponse | Problem> {
  const patch = readPatch(input.request);
  if (patch.kind === 'problem') return patch;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const changed = await orUnavailable(deps, 'the rule', tryChange(deps, input, patch.value));
    if (changed.kind === 'problem') return changed;
    const outcome = changed.value;
    if (outcome === undefined) continue;
    if ('kind' in outcome) return outcome;
    deps.log.info('Changed a rule', { alertId: outcome.id, byKeyId: input.principal.keyId });
    return answerWith(deps, outcome);
  }
  return problem('conflict', 'send the request again: other requests changed the rule at the same time', {
    headers: { 'retry-after': '2' },
  });
}

/** One attempt: the changed rule, or undefined if another request was faster. */
async function tryChange(
  deps: AlertsDeps,
  { params: { id = '' }, principal }: RouteInput,
  patch: unknown,
): Promise<Alert | Problem | undefined> {
  const alert = await findAlert(deps, id, principal);
  if (!alert) return NO_SUCH_ALERT;
  const rule = await patchRule(deps, { alert, patch, principal });
  if ('kind' in rule) return rule;
  const { revision, state, createdAt } = alert;
  const now = deps.now();
  const since = beginsAnew(alert, rule) ? nextBucketStart(rule.interval, now) : alert.since;
  const changed: Alert = { ...rule, id, since, createdAt, updatedAt: now, revision: revision + 1, state };
  return (await deps.alerts.update(changed, { revision })) ? changed : undefined;
}

/** Another series has no past: it is judged from the next full bucket on. So is what nobody wanted to be judged. */
function beginsAnew(before: AlertRule, after: AlertRule): boolean {
  const isOther = (['action', 'field', 'interval'] as const).some((name) => before[name] !== after[name]);
  return isOther || (after.enabled && !before.enabled);
}

interface Patched {
  readonly alert: Alert;
  readonly patch: unknown;
  readonly principal: Principal;
}

async function patchRule(deps: AlertsDeps, { alert, patch, principal }: Patched): Promise<AlertRule | Problem> {
  const checked = checkRule(mergePatch(ruleBody(alert), patch));
  if (checked.kind === 'faults') return badRule(checked.faults);
  const refused = refuseSeries(principal, checked.value.action);
  if (refused) return refused;
  const missing = await findMissing(deps, checked.value, alert);
  return missing.length > 0 ? badRule(missing) : checked.value;
}

function badRule(errors: readonly Fault[]): Problem {
  return problem('invalid-body', 'errors lists each fault that the rule would have, with its place', { errors });
}

function readPatch(request: ApiRequest): { readonly kind: 'patch'; readonly value: unknown } | Problem {
  const body = readJsonBody(request, MAX_ALERT_BODY_BYTES, [MERGE_PATCH, 'application/json']);
  if (body.kind === 'problem') return body;
  // Merging is recursive and comes before the check.
  const uncheckable = findUncheckable(body.value);
  const faults = [...findUnkeptFaults(body.text), ...(uncheckable ? [uncheckable] : findUnknownNulls(body.value))];
  return faults.length > 0 ? badBody(faults) : { kind: 'patch', value: body.value };
}

/** Fields that no rule has and that a patch sets to null: merging would remove them. */
function findUnknownNulls(patch: unknown): Fault[] {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return [];
  return Object.entries(patch)
    .filter(([name, value]) => value === null && !Object.hasOwn(newAlertSchema.properties, name))
    .map(([name]) => ({
      pointer: `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      detail: 'is not a known field',
    }));
}
