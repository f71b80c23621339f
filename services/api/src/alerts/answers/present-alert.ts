import { type Alert, alertStatus, type EvaluationCursor } from '@weir/alerts';
import { formatTime } from '../../times/parse-time.ts';
import { ruleBody } from '../rule/rule-body.ts';

/** A rule in the form of answers, with its state at a time. */
export function presentAlert(alert: Alert, cursor: EvaluationCursor | undefined, now: number): object {
  const last = cursor?.lastEvaluated.get(alert.id);
  return {
    ...{ id: alert.id, ...ruleBody(alert), state: alertStatus(alert, cursor, now) },
    ...(last && {
      lastEvaluated: { bucket: formatTime(last.bucket), value: last.value, at: formatTime(last.at) },
    }),
    ...{ createdAt: formatTime(alert.createdAt), updatedAt: formatTime(alert.updatedAt) },
  };
}
