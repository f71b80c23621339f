import { alarmsOf } from '../../alarms/cloudwatch/alarm.ts';
import { propertiesOf, type Template } from '../../templates/template.ts';
import { isTold } from './is-told.ts';

/** A metric that an alarm watches. */
export interface WatchedMetric {
  readonly alarm: string;
  readonly namespace: string;
  readonly name: string;
  /** The values of its dimensions. */
  readonly of: readonly string[];
  readonly statistic: string;
  /** By which number an expression of the alarm divides it. */
  readonly divisor: number | undefined;
}

/** Every metric that an alarm of the template watches and tells somebody of. */
export function watchedMetrics(template: Template): readonly WatchedMetric[] {
  const alarms = alarmsOf(template).filter(({ id }) => isTold(propertiesOf(template, id).AlarmActions));
  return alarms.flatMap(({ id: alarm, source }) =>
    source.metrics.map(({ id, namespace, name, dimensions, statistic }) => ({
      ...{ alarm, namespace, name, statistic, of: Object.values(dimensions) },
      divisor: divisorIn(source.expressions.map(({ text }) => text).join(' '), id),
    })),
  );
}

function divisorIn(expressions: string, id: string): number | undefined {
  const [, divisor] = new RegExp(`FILL\\(${id}, 0\\) / (\\d+)`).exec(expressions) ?? [];
  return divisor === undefined ? undefined : Number(divisor);
}
