import {
  type AlertRule,
  closeOf,
  matchesAction,
  type PreviewedFiring,
  previewFirings,
  previewStart,
} from '@weir/alerts';
import { type FiguresRead, readFigures } from '@weir/dynamodb/metrics';
import { orUnavailable } from '../../http/answers/or-unavailable.ts';
import type { Fault, Problem } from '../../http/answers/problem.ts';
import { type ApiResponse, json } from '../../http/answers/response.ts';
import { createCheck } from '../../http/bodies/check-value.ts';
import { badBody, readBody } from '../../http/bodies/read-body.ts';
import type { ApiRequest } from '../../http/requests/request.ts';
import type { RouteInput } from '../../http/route.ts';
import { formatTime } from '../../times/parse-time.ts';
import type { AlertsDeps } from '../rule/alerts-deps.ts';
import { completeRule } from '../rule/check-rule.ts';
import { MAX_ALERT_BODY_BYTES, MAX_PREVIEWED_ACTIONS } from '../rule/limits.ts';
import { refuseSeries } from '../rule/may-use-series.ts';
import { RULE_PATTERNS } from '../rule/rule-schema.ts';
import { findRange, type PreviewRange } from './find-range.ts';
import { previewSchema } from './preview-schema.ts';

const check = createCheck(previewSchema, RULE_PATTERNS);

/** Answers `POST /v1/alerts/preview`: the buckets for which a rule would have fired, by what is counted now. */
export async function answerPreview(
  deps: AlertsDeps,
  { request, principal }: RouteInput,
): Promise<ApiResponse | Problem> {
  const asked = readPreview(request, deps.now());
  if (asked.kind === 'problem') return asked;
  const refused = refuseSeries(principal, asked.rule.action);
  if (refused) return refused;
  const actions = await orUnavailable(deps, 'the metrics', findActions(deps, asked.rule.action));
  if (actions.kind === 'problem') return actions;
  if ('detail' in actions.value) return badBody([actions.value]);
  const read = await orUnavailable(deps, 'the metrics', readSeries(deps, asked, actions.value));
  return read.kind === 'problem' ? read : json(200, presentPreview(asked, read.value));
}

interface AskedPreview {
  readonly kind: 'preview';
  readonly rule: AlertRule;
  readonly range: PreviewRange;
}

function readPreview(request: ApiRequest, now: number): AskedPreview | Problem {
  const body = readBody(request, check, MAX_ALERT_BODY_BYTES);
  if (body.kind === 'problem') return body;
  const { from, to, ...rest } = body.value;
  const rule = completeRule({ name: 'preview', ...rest });
  if (rule.kind === 'faults') return badBody(rule.faults);
  const range = findRange({ from, to }, rule.value, now);
  return 'from' in range ? { kind: 'preview', rule: rule.value, range } : badBody(range);
}

async function findActions({ reader }: AlertsDeps, pattern: string): Promise<readonly string[] | Fault> {
  if (!pattern.endsWith('*')) return [pattern];
  const seen = (await reader.listActions()).map(({ action }) => action);
  const actions = seen.filter((action) => matchesAction(pattern, action));
  if (actions.length <= MAX_PREVIEWED_ACTIONS) return actions;
  const detail = `matches ${actions.length} actions; a preview reads at most ${MAX_PREVIEWED_ACTIONS}`;
  return { pointer: '/action', detail };
}

async function readSeries(
  { reader }: AlertsDeps,
  { rule, range }: AskedPreview,
  actions: readonly string[],
): Promise<FiguresRead & { readonly firings: readonly PreviewedFiring[] }> {
  if (range.from === range.to) return { figures: new Map(), asOf: undefined, firings: [] };
  const from = Math.max(0, previewStart(rule, range.from));
  const read = await readFigures(reader, { actions, interval: rule.interval, from, to: range.to });
  const firings = previewFirings(rule, { ...range, figures: read.figures });
  const { asOf = Number.POSITIVE_INFINITY } = read;
  // A part of the stream may be behind: the rule would not have judged these yet.
  return { ...read, firings: firings.filter(({ start }) => closeOf(rule, start) <= asOf) };
}

function presentPreview(
  { rule: { action, field, interval }, range }: AskedPreview,
  { asOf, firings }: Awaited<ReturnType<typeof readSeries>>,
): object {
  return {
    ...{ action, field, interval, from: formatTime(range.from), to: formatTime(range.to) },
    firings: firings.map(({ start, end, value, baseline, count }) => ({
      ...{ start: formatTime(start), end: formatTime(end), value },
      ...(baseline !== undefined && { baseline }),
      count,
    })),
    asOf: asOf === undefined ? null : formatTime(asOf),
  };
}
