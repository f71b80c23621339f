import type { Situation, World } from '../../alarms/situation.ts';
import { propertiesOf, resourcesOf, type Template, target } from '../../templates/template.ts';
import type { WatchedMetric } from './watched-metrics.ts';
import type { Concern, Otherwise } from './watched-otherwise.ts';

const METRICS: Readonly<Record<Exclude<Concern, 'slow'>, string>> = {
  errors: 'Errors',
  throttles: 'Throttles',
  iteratorAge: 'IteratorAge',
};

/** A service's alarms, its situations in tests/alarms, and what it watches in another way. */
export interface WatchedService {
  readonly template: Template;
  readonly watched: readonly WatchedMetric[];
  readonly situations: readonly Pick<Situation<World>, 'name' | 'raises'>[];
  readonly otherwise: Readonly<Record<string, Readonly<Partial<Record<Concern, Otherwise>>>>>;
}

/** Where a function is not watched, and what is wrong there. */
export function checkFunctions(service: WatchedService): { place: string; problem: string }[] {
  const { template, otherwise } = service;
  const functions = resourcesOf(template, 'AWS::Lambda::Function').map(([id]) => id);
  const keys = functions.map(keyOf);
  const unknown = Object.keys(otherwise).filter((key) => !keys.includes(key));
  return [
    ...unknown.map((place) => ({ place, problem: 'is in WATCHED_OTHERWISE, and the template does not have it' })),
    ...functions.flatMap((id) =>
      concernsOf(template, id).flatMap((concern) => {
        const problem = problemOf(service, id, concern);
        return problem === undefined ? [] : [{ place: id, problem: `${concern}: ${problem}` }];
      }),
    ),
  ];
}

function concernsOf(template: Template, id: string): readonly Concern[] {
  const mappings = resourcesOf(template, 'AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => Properties);
  const readsStream = mappings.some((own) => target(own.FunctionName) === id && own.StartingPosition !== undefined);
  return ['errors', 'slow', 'throttles', ...(readsStream ? (['iteratorAge'] as const) : [])];
}

function problemOf(service: WatchedService, id: string, concern: Concern): string | undefined {
  const isWatched =
    concern === 'slow' ? isSlownessWatched(service, id) : isMetricWatched(service, id, METRICS[concern]);
  const other = service.otherwise[keyOf(id)]?.[concern];
  if (isWatched) return other && 'an alarm watches it: take it from WATCHED_OTHERWISE';
  if (other === undefined) return 'no alarm watches it, and WATCHED_OTHERWISE has no reason';
  if ('reason' in other) return undefined;
  const isShown = service.situations.some(({ name, raises }) => name === other.situation && other.alarm in raises);
  const exists = service.template.Resources[other.alarm]?.Type === 'AWS::CloudWatch::Alarm';
  return isShown && exists ? undefined : `no situation "${other.situation}" raises ${other.alarm}`;
}

function isMetricWatched({ template, watched }: WatchedService, id: string, metric: string): boolean {
  const { FunctionName } = propertiesOf(template, id) as { FunctionName: string };
  return watched.some(
    ({ namespace, name, of }) => namespace === 'AWS/Lambda' && name === metric && of[0] === FunctionName,
  );
}

/** Whether the p99 of its duration is compared with its time-out. */
function isSlownessWatched({ template, watched }: WatchedService, id: string): boolean {
  const { FunctionName, Timeout } = propertiesOf(template, id) as { FunctionName: string; Timeout: number };
  return watched.some(
    ({ name, statistic, of, divisor }) =>
      name === 'Duration' && statistic === 'p99' && of[0] === FunctionName && divisor === Timeout,
  );
}

/** The function's key in serverless.yml. */
function keyOf(id: string): string {
  return id.charAt(0).toLowerCase() + id.slice(1).replace('LambdaFunction', '');
}
