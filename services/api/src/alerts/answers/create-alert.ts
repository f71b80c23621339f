import { type Alert, type AlertRule, nextBucketStart } from '@weir/alerts';
import { MAX_ALERTS } from '@weir/dynamodb/alerts';
import { orUnavailable } from '../../http/answers/or-unavailable.ts';
import { type Problem, problem } from '../../http/answers/problem.ts';
import type { ApiResponse } from '../../http/answers/response.ts';
import { badBody, readBody } from '../../http/bodies/read-body.ts';
import type { RouteInput } from '../../http/route.ts';
import { readIdempotencyKey } from '../../idempotency/read-idempotency-key.ts';
import { REMEMBERED_SECONDS } from '../../idempotency/run-once.ts';
import type { AlertsDeps } from '../rule/alerts-deps.ts';
import { checkRule } from '../rule/check-rule.ts';
import { findMissing } from '../rule/find-missing.ts';
import { MAX_ALERT_BODY_BYTES } from '../rule/limits.ts';
import { refuseSeries } from '../rule/may-use-series.ts';
import { bytesOfRequest, nameAlert } from '../rule/name-alert.ts';
import { ruleBody } from '../rule/rule-body.ts';
import { answerWith } from './answer-alerts.ts';

/** Answers `POST /v1/alerts`. The rule judges from the next full bucket on. */
export async function createAlert(
  deps: AlertsDeps,
  { request, principal }: RouteInput,
): Promise<ApiResponse | Problem> {
  const body = readBody(request, checkRule, MAX_ALERT_BODY_BYTES);
  if (body.kind === 'problem') return body;
  const rule = body.value;
  const refused = refuseSeries(principal, rule.action);
  if (refused) return refused;
  const idempotencyKey = readIdempotencyKey(request);
  if (typeof idempotencyKey === 'object') return idempotencyKey;
  const missing = await orUnavailable(deps, 'the metrics', findMissing(deps, rule));
  if (missing.kind === 'problem') return missing;
  if (missing.value.length > 0) return badBody(missing.value);
  const { keyId } = principal;
  const bytes = idempotencyKey === undefined ? deps.random() : bytesOfRequest(keyId, idempotencyKey);
  const made = await orUnavailable(deps, 'the rules', writeAlert(deps, nameAlert(bytes), rule));
  if (made.kind === 'problem') return made;
  if (made.value === 'full') return problem('conflict', `the stage has ${MAX_ALERTS} rules: remove one first`);
  deps.log.info('Made a rule', { alertId: made.value.id, byKeyId: keyId });
  return answerWith(deps, made.value, 201);
}

/** Writes a rule under an id. If this very rule is there, a request before wrote it and could not answer. */
async function writeAlert(deps: AlertsDeps, id: string, rule: AlertRule): Promise<Alert | 'full'> {
  const now = deps.now();
  const times = { since: nextBucketStart(rule.interval, now), createdAt: now, updatedAt: now };
  const alert: Alert = { ...rule, id, revision: 1, ...times, state: { version: 0 } };
  const outcome = await deps.alerts.create(alert);
  if (outcome === 'created') return alert;
  if (outcome === 'full') return outcome;
  const stored = await deps.alerts.find(id);
  if (stored && isOfThisRequest(stored, rule, now)) return stored;
  // The id is that of an older request with the same Idempotency-Key.
  return writeAlert(deps, nameAlert(deps.random()), rule);
}

function isOfThisRequest(stored: Alert, rule: AlertRule, now: number): boolean {
  const isRecent = stored.createdAt > now - REMEMBERED_SECONDS * 1000 && stored.revision === 1;
  return isRecent && JSON.stringify(ruleBody(stored)) === JSON.stringify(ruleBody(rule));
}
