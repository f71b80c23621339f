import { alarmsOf } from '../../alarms/cloudwatch/alarm.ts';
import { type Template, versionAlarms } from '../../templates/template.ts';

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

/** Every metric that an alarm of the template watches so that somebody is told. */
export function watchedMetrics(template: Template): readonly WatchedMetric[] {
  const others = versionAlarms(template);
  const alarms = alarmsOf(template).filter(({ id }) => !others.has(id));
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
